"""History and the live curve."""

import math

import numpy as np
import pytest

from playground.train.history import COLUMNS, Curve, History, thin

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


@pytest.mark.parametrize("num_rows", [1, 2, 499, 500, 501, 7777])
def test_thinned_rows_are_few_and_keep_both_ends(num_rows):
    rows = thin(num_rows, 500)
    assert len(rows) == min(num_rows, 500)
    assert rows[0] == 0 and rows[-1] == num_rows - 1
    assert rows == sorted(set(rows))


def test_a_thinned_history_keeps_values_beside_their_epochs():
    thinned = history_of(range(1000)).thinned(100)
    assert np.array_equal(thinned["epoch"], thinned["val_loss"])


@pytest.mark.parametrize("count", [0, 1, 10, 11, 100, 12_345])
def test_a_curve_of_any_length_stays_short_and_in_order(count):
    curve = Curve(max_points=10)
    for step in range(count):
        curve.append(step, 2 * step)
    points = curve.thinned(6).reshape(-1, 2)
    assert len(points) <= 6 and len(curve._points) <= 10
    assert np.array_equal(points[:, 1], 2 * points[:, 0])
    assert (np.diff(points[:, 0]) > 0).all()
    if count:
        assert points[0, 0] == 0 and points[-1, 0] >= 0.75 * (count - 1)
