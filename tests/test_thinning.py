"""Rows that are shown of something long."""

import math

import numpy as np
import pytest

from playground.thinning import evenly, extremes


@pytest.mark.parametrize("num_rows", [1, 2, 499, 500, 501, 7777])
def test_evenly_spread_rows_are_few_and_keep_both_ends(num_rows):
    rows = evenly(num_rows, 500).tolist()
    assert len(rows) == min(num_rows, 500)
    assert rows[0] == 0 and rows[-1] == num_rows - 1
    assert rows == sorted(set(rows))


@pytest.mark.parametrize("num_rows", [1, 500, 501, 1234, 10_000])
def test_rows_of_a_curve_are_few_and_in_order_and_hold_lowest_and_highest_of_every_pixel(num_rows):
    values = np.random.default_rng(num_rows).normal(size=num_rows)
    rows = extremes(values, 500)
    assert len(rows) <= 500 and (rows[0], rows[-1]) == (0, num_rows - 1)
    assert (np.diff(rows) > 0).all()
    width = math.ceil(num_rows / 249) if num_rows > 500 else 1
    for start in range(0, num_rows, width):
        stretch = values[start : start + width]
        kept = values[rows[(rows >= start) & (rows < start + width)]]
        assert (kept.min(), kept.max()) == (stretch.min(), stretch.max())


def test_a_single_spike_stays_where_evenly_spread_rows_lose_it():
    values = np.zeros(10_000)
    values[5_003], values[7_777] = 9, -9
    assert {9.0, -9.0} <= set(values[extremes(values, 100)])
    assert 9.0 not in values[evenly(10_000, 100)]


def test_rows_of_several_curves_hold_the_spikes_of_each():
    curves = np.zeros((3, 5_000))
    places = [1_234, 2_345, 3_456]
    curves[range(3), places] = 1
    assert set(places) <= set(extremes(curves, 200).tolist())


@pytest.mark.parametrize("gap", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_is_no_extreme(gap):
    values = np.full(1_000, gap)
    values[::100] = np.arange(10)
    assert set(range(10)) <= set(values[extremes(values, 60)])
