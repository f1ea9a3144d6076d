"""The sentence about seed noise, against scipy's own test."""

import numpy as np
import pytest
from scipy import stats

from playground.train.seed_noise import LEVEL, seed_noise

RNG = np.random.default_rng(0)
SHAPES = ((0.01, 5, 0.05, 9), (0.02, 3, 0.02, 3))  # deviation and size of both
PAIRS = [
    (RNG.normal(0.9, a, n), RNG.normal(mean, b, k)) for mean in (0.9, 0.93, 0.99) for a, n, b, k in SHAPES
]  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS, ids=range(len(PAIRS)))
def test_it_is_welchs_test(pair):
    found = seed_noise(*pair)
    expected = stats.ttest_ind(pair[1], pair[0], equal_var=False)
    interval = expected.confidence_interval(1 - LEVEL)
    assert found.p_value == pytest.approx(expected.pvalue)
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high))
    assert found.is_real == (expected.pvalue < LEVEL) == (found.low > 0 or found.high < 0)
    assert found.sentence.startswith("More than" if found.is_real else "No more than")


def test_noise_alone_is_called_a_difference_in_one_of_twenty():
    rng = np.random.default_rng(1)
    calls = [seed_noise(rng.normal(size=5), rng.normal(0, 3, size=8)).is_real for _ in range(2000)]
    assert np.mean(calls) == pytest.approx(LEVEL, abs=0.015)


def test_the_one_ahead_is_named():
    low, high = [0.90, 0.91, 0.92], [0.97, 0.98, 0.99]
    shared = {"names": ("narrow", "wide")}
    found = seed_noise(low, high, is_share=True, **shared)
    assert "accuracy is 7.0 percentage points higher with wide than with narrow (95% inter" in found.sentence
    found = seed_noise(high, low, what="loss", unit="nats", **shared)
    assert "loss is 0.07 nats higher with narrow than with wide (95% interval 0.047 to 0.093" in found.sentence
    assert (found.low, found.high) == pytest.approx((-0.0927, -0.0473), abs=1e-4)


def test_a_difference_within_the_noise_names_both_and_no_winner():
    found = seed_noise([0.8, 0.9, 1.0], [0.85, 0.95, 1.0, 1.0], names=("narrow", "wide"), is_share=True)
    assert found.sentence.startswith(
        "No more than seed noise: the validation accuracy with narrow and with wide differ"
    )
    assert "3 and 4 seeds" in found.sentence


def test_runs_without_a_result_are_left_out_and_counted():
    found = seed_noise([0.9, 0.91, 0.92, None], [0.9, 0.91, 0.93, float("nan"), None], names=("narrow", "wide"))
    assert found.sentence.endswith(
        "Only runs that ended are compared: 1 of 4 runs with narrow and 2 of 5 runs with wide diverged."
    )
    assert found.left_out == (1, 2) and found.p_value == seed_noise([0.9, 0.91, 0.92], [0.9, 0.91, 0.93]).p_value


def test_one_survivor_of_five_is_not_taken_for_the_setting():
    found = seed_noise([0.9, None, None, None, None], [0.7, 0.8, 0.9], names=("rate 0.3", "rate 0.1"))
    assert found.sentence.startswith("Too few runs to say")
    assert "4 of 5 runs with rate 0.3 diverged." in found.sentence and "rate 0.1 diverged" not in found.sentence


@pytest.mark.parametrize("few", [[], [0.9], [0.9, 0.8], [0.9, 0.8, None]], ids=str)
def test_too_few_runs_say_nothing(few):
    found = seed_noise(few, [0.1, 0.2, 0.3])
    assert not found.is_real and found.p_value is None and found.sentence.startswith("Too few runs to say")


def test_seeds_that_make_no_difference_leave_a_real_one():
    assert seed_noise([1.0] * 3, [0.5] * 3).is_real
    assert not seed_noise([1.0] * 3, [1.0] * 3).is_real
