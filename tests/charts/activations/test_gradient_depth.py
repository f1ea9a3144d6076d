"""Row 1 of the experiments, as the lesson on activations shows it."""

import statistics

import pytest

from playground.catalog import ACTIVATIONS
from playground.catalog.activation_lesson import DEPTH_FIELDS, DEPTH_SAMPLES, fitting_initializer
from playground.charts.activations.gradient_depth import gradient_depth_data, gradient_norms, stack_names
from playground.jobs.job import Turn
from playground.jobs.signal.job import DATA_SET, SignalJob
from playground.jobs.signal.signals import SignalsJob, SignalsSnapshot
from playground.ui.activations.words import depth_sentences

NAMES = ("sigmoid", "tanh", "relu")


def stack(name, seed=0, depth=10):
    fields = {**DEPTH_FIELDS, "activation": name, "initializer": fitting_initializer(ACTIVATIONS[name]), "seed": seed}
    return SignalJob.parse({**fields, "samples": DEPTH_SAMPLES, "width": 100, "depth": depth, "input": DATA_SET})


def last(*jobs):
    frames = SignalsJob(jobs).frames()
    next(frames)
    while not (snapshot := frames.send(Turn(seconds=60))).has_ended:
        pass
    return snapshot


@pytest.fixture(scope="module")
def seen():
    """Five seeds of each activation."""
    return {name: last(*(stack(name, seed) for seed in range(5))) for name in NAMES}


def ratios(snapshot):
    return [norms[0] / norms[9] for norms in gradient_norms(snapshot)]


def test_sigmoid_kills_gradients_and_tanh_and_relu_do_not(seen):
    assert max(ratios(seen["sigmoid"])) < 1e-4
    assert 0.7 < statistics.median(ratios(seen["tanh"])) < 1.2
    assert statistics.median(ratios(seen["relu"])) > 0.1


def test_each_sentence_says_what_was_measured(seen):
    assert all("vanishes" in sentence for sentence in depth_sentences(seen["sigmoid"]))
    assert all("gets through" in sentence for sentence in depth_sentences(seen["tanh"]))


def test_fifty_layers_of_sigmoid_vanish_without_becoming_zero():
    seen = last(stack("sigmoid", depth=50))
    (norms,) = gradient_norms(seen)
    assert 0 < norms[0] < 1e-25 * norms[49]  # whose squares are 0 in float32
    assert "**vanishes**" in depth_sentences(seen)[0]


def test_the_picture_holds_the_norms_of_the_stacks_that_are_done():
    jobs = SignalsJob((stack("tanh"), stack("relu")))
    frames = jobs.frames()
    assert gradient_depth_data(next(frames)).empty
    half = frames.send(Turn(seconds=60))
    assert stack_names(half) == [("tanh", "xavier_normal")]
    data = gradient_depth_data(half).query("kind == 'measured'")
    assert data["series"].unique().tolist() == ["Tanh"]
    assert data["value"].tolist() == gradient_norms(half)[0]
    assert data["depth"].tolist() == list(range(1, 11))
    assert depth_sentences(SignalsSnapshot()) == []
