"""Sentences about a signal: the verdict follows from the numbers."""

import math
import shlex

import pytest

from playground.config import Config
from playground.jobs.initialization.symmetry import UnitDifferences
from playground.jobs.signal.job import SignalJob
from playground.jobs.signal.snapshot import Backward, LayerTheory, SignalSnapshot
from playground.ui.initialization import words
from tests.charts.snapshots import make_layer

RELU, TANH = Config(activation="relu"), Config(activation="tanh")


def make_signal(first, last, *, saturated=0.1, dead=None, back=(1.0, 1.0), theory=()):
    return SignalSnapshot(
        layers=tuple(make_layer(mean=0.0, std=std, saturated=saturated, dead=dead) for std in (first, last)),
        backward=tuple(Backward("", 0.0, std, None) for std in back),
        theory=tuple(LayerTheory("", 0.0, std, 1.0) for std in theory),
    )


@pytest.mark.parametrize(
    ("first", "last", "saturated", "word"),
    [
        (1.0, 0.5, 0.1, "Holds"),
        (1.0, 2.0, 0.1, "Holds"),
        (1.0, 0.05, 0.1, "Shrinks"),
        (1.0, 1e-5, 0.1, "Vanishes"),
        (1.0, 20.0, 0.1, "Grows"),
        (1.0, 1e5, 0.1, "Explodes"),
        (1.0, math.inf, 0.1, "Explodes"),
        (1.0, math.nan, 0.1, "Explodes"),
        (0.0, 0.0, 0.1, "Carries nothing"),
        (1.0, 1.0, 0.9, "Saturates"),
    ],
)
def test_the_verdict_follows_from_the_numbers(first, last, saturated, word):
    assert words.verdict(make_signal(first, last, saturated=saturated), TANH).startswith(f"**{word}**")


def test_half_of_relu_being_flat_is_no_saturation():
    assert words.verdict(make_signal(1.0, 1.0, saturated=0.9), RELU).startswith("**Holds**")


def test_the_factor_of_a_layer_is_that_of_the_variance():
    assert "× 0.0025 the variance in each layer" in words.verdict(make_signal(1.0, 0.05), RELU)


def test_backward():
    said = words.backward_sentence(make_signal(1, 1, back=(0.01, 0.1)))
    assert "from 0.1 in the last layer to 0.01 in the first, × 0.1 a layer" in said
    assert "exactly 0" in words.backward_sentence(make_signal(1, 1, back=(0.0, 0.1)))
    assert "too large" in words.backward_sentence(make_signal(1, 1, back=(math.inf, 0.1)))


def test_flat_and_dead():
    assert words.flat_sentence(make_signal(1, 1, dead=0.25), RELU).endswith(
        "25% of its units dead, 0 for every sample."
    )
    filters = SignalSnapshot(layers=(make_layer("conv 1"),))
    assert "25% of its filters dead, 0 for every sample at every position." in words.flat_sentence(filters, RELU)
    assert "neither" in words.flat_sentence(make_signal(1, 1, saturated=None), Config(activation="identity"))


def test_theory_is_as_far_off_as_its_worst_layer():
    assert "at most 2.00 in" in words.theory_sentence(make_signal(1.0, 3.0, theory=(2.0, 2.9)), RELU)
    assert "No theory line" in words.theory_sentence(make_signal(1, 1), Config(normalization="batch"))
    assert "No layer" in words.theory_sentence(make_signal(0.0, 0.0, theory=(1.0, 1.0)), RELU)


def test_symmetry_says_exactly_equal_only_of_zero():
    runs = [
        UnitDifferences("zeros", (0, 1), (0.0, 0.0), 0.0, 0.1),
        UnitDifferences("constant", (0, 1), (0.0, 3.7e-8), 0.1),
        UnitDifferences("constant", (0, 1), (0.0, 0.4), 0.1),
        UnitDifferences("kaiming_normal", (0, 1), (0.5, 3.7e-8), 0.1),
        UnitDifferences("orthogonal"),
    ]
    said = words.symmetry_sentences(runs, ["A", "B", "C", "D", "E"])
    assert len(said) == 4, "nothing is said of what has not begun"
    assert "exactly equal" in said[0] and "10.0%" in said[0]
    assert "equal but for rounding, 3.7e-8 at most" in said[1] and "accuracy" not in said[1]
    assert "rounding has driven them apart, by up to 0.4" in said[2]
    assert "differ by up to 0.5" in said[3] and "rounding" not in said[3]


def test_growth():
    said = words.growth_sentence(make_signal(1.0, 300.0, theory=(1.0, 3.0)), "As drawn")
    assert said == "As drawn: mean square × 90,000 after 1 blocks, × 90,000 a block; the closed form says × 9."
    assert words.growth_sentence(make_signal(0.0, 0.0), "Zeros") == "Zeros: nothing flows."


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (0.12345, "0.123"), (59049.0, "59,049"), (3.5e9, "3.5e9"), (2.1e-7, "2.1e-7"), (math.inf, "inf")],
)
def test_numbers_are_short(value, text):
    assert words.number(value) == text


def test_the_command_gives_the_job_again():
    job = SignalJob.parse({"activation": "relu", "dataset": "digits", "init_scale": 2, "input": "data", "depth": 7})
    fields = shlex.split(words.signal_command(job))[4:]
    assert SignalJob.parse(dict(field.split("=", 1) for field in fields)) == job
