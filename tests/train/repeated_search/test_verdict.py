"""The verdict over many repeats, against scipy and against cases counted by hand."""

import numpy as np
import pytest
from scipy.stats import binomtest, quantile_test

from playground.train.repeated_search.verdict import median_interval, verdict, wilson_interval

NONE = float("nan")


@pytest.mark.parametrize(("wins", "repeats"), [(69, 100), (0, 20), (20, 20), (1, 3), (4821, 5000)])
def test_the_interval_of_a_chance_is_that_of_scipy(wins, repeats):
    expected = binomtest(wins, repeats).proportion_ci(confidence_level=0.95, method="wilson")
    assert wilson_interval(wins, repeats) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_the_usual_interval_without_a_width_is_told_apart():
    """The wrong variant: p +- 1.96 sqrt(p (1 - p) / n) says of 20 wins in 20 repeats that random cannot lose."""
    low, high = wilson_interval(20, 20)
    assert low == pytest.approx(0.839, abs=5e-4) and high == 1


@pytest.mark.parametrize("count", [1, 5, 6, 7, 20, 101, 5000])
def test_the_interval_of_the_median_is_that_of_scipy(count):
    values = np.sort(np.random.default_rng(count).normal(size=count))
    expected = quantile_test(values, q=0, p=0.5).confidence_interval(0.95)
    low, high = median_interval(values)
    if np.isnan(expected.low):
        assert (low, high) == (None, None)
    else:
        assert (low, high) == (expected.low, expected.high)


def test_wins_losses_and_ties_are_counted_apart():
    found = verdict([0.5, 0.5, 0.5, 0.5, 0.9], [0.7, 0.6, 0.5, 0.4, 0.9 + 1e-15])
    assert (found.random_wins, found.grid_wins, found.ties, found.num_repeats) == (2, 1, 2, 5)
    assert found.mean == pytest.approx(0.04) and found.median == pytest.approx(0)
    assert (found.share_low, found.share_high) == wilson_interval(2, 5)
    assert (found.ahead_low, found.ahead_high) == wilson_interval(2, 3)
    assert found.median_low is None


def test_counting_ties_as_wins_is_told_apart():
    """The wrong variant says that random wins whenever it does not lose."""
    grid, random = np.zeros(100), np.repeat([1.0, 0.0, -1.0], [10, 80, 10])
    found = verdict(grid, random)
    assert found.random_wins == 10 != (random >= grid).sum()
    assert found.share_high < 0.5 and found.ahead_low < 0.5 < found.ahead_high


def test_a_method_without_a_score_loses():
    found = verdict([NONE, 0.5, NONE, 0.5], [0.5, NONE, NONE, 0.75])
    assert (found.random_wins, found.grid_wins, found.ties) == (2, 1, 1)
    assert found.mean == found.median == 0.25
    assert (found.grid_lost, found.random_lost) == (2, 2)


def test_before_the_first_repeat_nothing_is_said():
    found = verdict([], [])
    assert (found.num_repeats, found.share_low, found.share_high, found.mean, found.median_low) == (0, 0, 1, None, None)
