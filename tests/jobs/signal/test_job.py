"""SignalJob: what flows through a fresh network, and two of the lecture's claims about it."""

import statistics
from dataclasses import replace

import numpy as np
import pytest
import torch

from playground.config import Config
from playground.jobs.job import Turn
from playground.jobs.signal.job import SIGNAL_SPECS, SignalJob
from playground.parsing import ConfigError
from playground.train.signal import probe as signal
from playground.train.signal.probe import SignalProbe

SEEDS = range(5)
FIGURES = ("mean", "std", "saturated", "dead", "grad_norm")
SMALL = {"samples": 60, "width": 12, "depth": 3}


def last(job):
    frames = job.frames()
    next(frames)
    while not (snapshot := frames.send(Turn(seconds=60))).has_ended:
        pass
    return snapshot


def layers(**values):
    return last(SignalJob.parse(values)).result["layers"]


# Row 2 of the experiments: 1000 standard normal inputs, ten hidden layers of 500.


def stds(activation, initializer):
    """(seeds, 10) standard deviation of each layer."""
    jobs = [SignalJob.parse({"activation": activation, "initializer": initializer, "seed": seed}) for seed in SEEDS]
    return np.array([[layer.std for layer in last(replace(job, has_backward=False)).layers] for job in jobs])


def test_small_weights_let_the_signal_vanish():
    assert (stds("tanh", "small_normal")[:, 9] < 1e-6).all()


def test_large_weights_saturate_tanh():
    assert (stds("tanh", "large_normal")[:, 9] > 0.98).all()
    assert layers(activation="tanh", initializer="large_normal")[9]["saturated"] > 0.9


def test_xavier_keeps_the_signal_of_tanh():
    std = stds("tanh", "xavier_lecture")[:, 9]
    assert ((std > 0.20) & (std < 0.26)).all()


def test_xavier_loses_half_the_variance_of_relu_in_every_layer():
    std = stds("relu", "xavier_lecture")
    ratio = statistics.median(std[:, 9] / std[:, 0])  # single seeds are heavy-tailed
    assert 2**-4.5 / 1.5 < ratio < 2**-4.5 * 1.5


def test_he_keeps_the_signal_of_relu():
    assert 0.55 < statistics.median(stds("relu", "kaiming_normal")[:, 9]) < 1.2


# Row 1: sigmoid kills gradients, 10 hidden layers of 100 on 256 digits.


def vanishing(activation, initializer, init_scale=1.0):
    """Gradient norm of layer 1 over that of layer 10, for each seed."""
    ratios = []
    for seed in SEEDS:
        found = layers(
            dataset="digits", preprocessing="standardize", input="data", samples=256, width=100,
            activation=activation, initializer=initializer, init_scale=init_scale, seed=seed,
        )  # fmt: skip
        ratios.append(found[0]["grad_norm"] / found[9]["grad_norm"])
    return ratios


HE_SCALE = 2**0.5  # times Xavier's, where layers are equally wide


@pytest.mark.parametrize(
    ("initializer", "init_scale"), [("xavier_normal", 1.0), ("xavier_normal", HE_SCALE), ("torch_default", 1.0)]
)
def test_sigmoid_kills_gradients(initializer, init_scale):
    assert max(vanishing("sigmoid", initializer, init_scale)) < 1e-4


def test_tanh_and_relu_do_not_kill_gradients():
    assert 0.7 < statistics.median(vanishing("tanh", "xavier_normal")) < 1.2
    assert statistics.median(vanishing("relu", "kaiming_normal")) > 0.1


# The figures themselves.


def by_hand(job):
    """The same figures of a tanh network from the probe's own weights, in NumPy."""
    probe = SignalProbe(job.config, num_samples=job.samples, num_inputs=job.width, chunk_size=job.samples)
    weights = [layer.weights[0].detach().double().numpy() for layer in probe.network.layers]
    X, y = probe._split.X.double().numpy(), probe._split.y.numpy()
    outputs = [X]
    for weight in weights[:-1]:
        outputs.append(np.tanh(outputs[-1] @ weight.T))
    logits = outputs[-1] @ weights[-1].T
    shares = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    back = (shares - np.eye(logits.shape[1])[y]) / len(X) @ weights[-1]
    norms = []
    for index in range(len(weights) - 2, -1, -1):
        back = back * (1 - outputs[index + 1] ** 2)
        norms.insert(0, np.linalg.norm(back.T @ outputs[index]))
        back = back @ weights[index]
    return outputs[1:], norms


def test_figures_agree_with_numpy():
    job = SignalJob(Config(activation="tanh"), **SMALL)
    outputs, norms = by_hand(job)
    found = last(job).result["layers"]
    assert [layer["mean"] for layer in found] == pytest.approx([output.mean() for output in outputs], abs=1e-6)
    assert [layer["std"] for layer in found] == pytest.approx([output.std() for output in outputs], rel=1e-5)
    assert [layer["grad_norm"] for layer in found] == pytest.approx(norms, rel=1e-4)
    flat = [(1 - output**2 < 0.05).mean() for output in outputs]  # tanh's slope is at most 1
    assert [layer["saturated"] for layer in found] == pytest.approx(flat, abs=2e-3)
    assert [layer["dead"] for layer in found] == [None] * 3


def test_units_without_positive_input_are_dead():
    found = layers(**SMALL, activation="relu", initializer="zeros")
    assert [layer["dead"] for layer in found] == [1.0] * 3
    assert {layer["dead"] for layer in layers(**SMALL, activation="leaky_relu")} == {None}


def test_chunks_give_the_same_figures_as_all_samples_at_once():
    config = Config(activation="relu", hidden_sizes=(12, 12, 12))

    def probes(chunk_size):
        probe = SignalProbe(config, num_samples=60, num_inputs=12, chunk_size=chunk_size)
        while not probe.has_ended:
            probe.advance()
        return [[getattr(values, name) for name in FIGURES] for values, *_ in probe.layers()]

    for at_once, chunked in zip(probes(60), probes(7), strict=True):
        assert chunked == pytest.approx(at_once, rel=1e-4)


def test_equal_jobs_give_equal_figures_and_seeds_other_ones():
    job = SignalJob(Config(dropout=0.3), **SMALL)
    assert last(job).result == last(job).result
    assert last(job).result["layers"] != last(SignalJob(Config(dropout=0.3, seed=1), **SMALL)).result["layers"]


def test_a_pass_leaves_the_global_randomness_alone():
    probe = SignalProbe(Config(dropout=0.3), num_samples=60, num_inputs=12, chunk_size=60)
    before = torch.get_rng_state()
    probe.advance()
    assert torch.equal(torch.get_rng_state(), before)


def test_batch_normalization_uses_the_samples_own_statistics():
    found = layers(**SMALL, normalization="batch", initializer="small_normal", activation="identity")
    assert [layer["std"] for layer in found] == pytest.approx([1.0] * 3, abs=0.3)


@pytest.mark.parametrize("values", [{}, {"dataset": "diabetes"}, {"dataset": "plane"}, {"residual": "true"}], ids=str)
@pytest.mark.parametrize("source", ["normal", "data"])
def test_any_data_and_wiring_has_a_signal(values, source):
    found = layers(**SMALL, **values, input=source)
    assert len(found) == 3
    assert all(layer["grad_norm"] > 0 and layer["std"] > 0 for layer in found)


def test_the_data_are_the_first_of_the_training_set():
    assert last(SignalJob.parse({**SMALL, "input": "data", "samples": 10})).result["samples"] == 10
    job = SignalJob.parse({**SMALL, "input": "data", "samples": 2000, "num_samples": 100, "train_fraction": 0.5})
    assert last(job).result["samples"] == 50


def test_an_explosion_has_no_numbers_but_an_end():
    found = layers(samples=20, width=100, depth=50, activation="identity", init_scale=100)
    assert found[-1]["saturated"] is None
    assert last(SignalJob.parse({**SMALL, "init_scale": 100})).status == "finished"


# The job.


def test_progress_comes_in_turns_and_histograms_with_it(monkeypatch):
    monkeypatch.setattr("playground.jobs.signal.job.MAX_AT_ONCE", 12 * 3 * 15)
    frames = SignalJob(Config(), **SMALL).frames()
    assert next(frames).layers == ()
    first = frames.send(Turn(seconds=60, max_steps=1))
    assert (first.status, first.fraction) == ("running", 0.25)
    assert first.layers[0].activations.counts.sum() == 15 * 12
    assert frames.send(Turn(seconds=60, max_steps=1, wants_snapshot=False)) is None
    stopped = frames.send(Turn(stop=True))
    assert (stopped.status, stopped.result["samples"]) == ("stopped", 30)
    with pytest.raises(StopIteration):
        frames.send(Turn())


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"samples": 1}, "samples: must be a number from 2 to 20000, but 1 came."),
        ({"samples": "20001"}, "samples: must be"),
        ({"width": 0}, "width: must be a number from 1 to 1000"),
        ({"width": 2.5}, "width: must be"),
        ({"depth": 51}, "depth: must be a number from 1 to 50"),
        ({"input": "noise"}, "input: must be one of normal, data, but 'noise' came."),
        ({"dataset": "digits", "architecture": "conv"}, "architecture: .* dense layers only"),
        ({"hidden_sizes": "-3"}, "hidden_sizes: must be"),
        ({"normalization": "layer", "width": 1}, "width: layer normalization needs at least 2 units"),
        ({"normalization": "batch", "samples": 20_000, "width": 1000}, "samples: must be at most 2000 for batch"),
        ({"activation": "elo"}, "activation: unknown activation 'elo'"),
    ],
    ids=str,
)
def test_what_cannot_run_is_refused_with_one_sentence(values, message):
    with pytest.raises(ConfigError, match=message):
        SignalJob.parse(values)


def test_a_job_made_directly_is_checked_too():
    with pytest.raises(ConfigError, match="width: must be"):
        SignalJob(Config(), width=-1)
    assert SignalJob(Config(), width=7, depth=2).config.hidden_sizes == (7, 7)


def test_width_may_be_what_the_default_layers_could_not():
    assert SignalJob.parse({"normalization": "group", "num_groups": 50}).width == 500


def test_defaults_are_within_their_bounds():
    job = SignalJob(Config())
    for name, spec in SIGNAL_SPECS.items():
        assert spec.choices or spec.low <= getattr(job, name) <= spec.high


def test_the_layers_that_data_dependent_initialization_scales_have_unit_variance():
    probe = SignalProbe(
        Config(initializer="lsuv", activation="identity", hidden_sizes=(12, 12)),
        num_samples=signal.LSUV_SAMPLES, num_inputs=12, chunk_size=1000,
    )  # fmt: skip
    probe.advance()
    assert [values.std for values, *_ in probe.layers()] == pytest.approx([1.0, 1.0], abs=0.02)
