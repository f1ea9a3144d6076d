"""History and the live curve."""

import math

import numpy as np
import pytest

from playground.train.history import COLUMNS, COST, Curve, History

ROW = dict.fromkeys(COLUMNS, 1.0)


def history_of(losses):
    history = History()
    for epoch, loss in enumerate(losses):
        history.append(**ROW | {"epoch": epoch, "val_loss": loss})
    return history


def test_a_row_needs_every_column():
    with pytest.raises(KeyError):
        History().append(step=1)


@pytest.mark.parametrize(("losses", "epoch"), [([3, 1, 2], 1), ([1, 1, 1], 0), ([3, math.nan, 2], 2),
                                               ([math.inf, 5], 1), ([math.nan, math.inf], 0)])  # fmt: skip
def test_the_best_epoch_has_the_lowest_finite_validation_loss(losses, epoch):
    assert history_of(losses).best()["epoch"] == epoch


def test_what_is_no_number_is_printed_as_nothing():
    history = history_of([1.5, math.nan, math.inf])
    assert history.to_json()["val_loss"] == [1.5, None, None]
    assert history_of([math.nan]).best()["val_loss"] is None


def test_a_thinned_history_keeps_values_beside_their_epochs():
    thinned = history_of(range(1000)).thinned(100)
    assert np.array_equal(thinned["epoch"], thinned["val_loss"])


def test_the_cost_is_drawn_and_not_printed():
    history = history_of([1.0])
    history.append(**ROW, added_cost=0.5)
    assert history.column(COST) == [1.0, 1.5] and history.thinned(10)[COST].tolist() == [1.0, 1.5]
    assert set(history.to_json()) == set(COLUMNS)


@pytest.mark.parametrize("count", [0, 1, 10, 11, 100, 12_345])
def test_a_curve_of_any_length_stays_short_and_in_order_and_has_its_newest_point(count):
    curve = Curve(max_points=10)
    for step in range(count):
        curve.append(step, 2 * step)
    points = curve.thinned(6).reshape(-1, 2)
    assert len(points) <= 6 and len(curve.points()) <= 11
    assert np.array_equal(points[:, 1], 2 * points[:, 0])
    assert (np.diff(points[:, 0]) > 0).all()
    if count:
        assert points[0, 0] == 0 and points[-1, 0] == count - 1


@pytest.mark.parametrize("spike", [9.0, -9.0])
@pytest.mark.parametrize("at", [0, 777, 1_000, 9_999])
def test_a_curve_keeps_its_spikes_where_every_second_point_would_lose_them(at, spike):
    curve = Curve(max_points=20)
    for step in range(10_000):
        curve.append(step, spike if step == at else 0.001 * (step % 7))
    assert [at, spike] in curve.thinned(10).tolist()
    assert np.ptp(curve.points()[:, 1]) > 8


@pytest.mark.parametrize("gap", [math.nan, math.inf])
def test_what_is_no_number_hides_no_point_of_a_curve(gap):
    curve = Curve(max_points=8)
    for step in range(1_000):
        curve.append(step, gap if step % 2 else step % 10)
    values = curve.points()[:, 1]
    assert {0.0, 8.0} <= set(values) and np.isfinite(values[:-1]).all()
