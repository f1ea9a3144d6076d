"""Rows with another slope or another number of pieces, and the initializer that fits each."""

import pytest

from playground.catalog import ACTIVATIONS, INITIALIZERS
from playground.catalog.activation_lesson import CORRECTIONS, adjusted, fitting_initializer, lesson_rows


@pytest.mark.parametrize("row", ACTIVATIONS.values(), ids=ACTIVATIONS)
def test_a_row_with_its_own_numbers_stays_as_it_is(row):
    slope = row.arguments.get(row.learned, 0.5)  # a fixed one has its usual value
    assert adjusted(row, slope=slope, pieces=max(row.pieces, 2)) == row


@pytest.mark.parametrize(("slope", "low", "dies"), [(0.5, None, None), (0.04, 0.0, None), (0.0, 0.0, 0.0)])
def test_a_gentle_slope_saturates_and_a_slope_of_zero_kills(slope, low, dies):
    row = adjusted(ACTIVATIONS["prelu"], slope=slope, pieces=2)
    assert (row.saturates_below, row.dies_below) == (low, dies)
    assert row.gain == pytest.approx((2 / (1 + slope**2)) ** 0.5)


def test_pieces_change_the_label_and_the_class():
    (row,) = lesson_rows(("maxout",), slope=0.25, pieces=5)
    assert (row.pieces, row.arguments, row.label) == (5, {"pieces": 5}, "Maxout (5 pieces)")


def test_the_fitting_initializer_is_the_usual_one():
    usual = {
        "sigmoid": "xavier_normal", "tanh": "xavier_normal", "relu": "kaiming_normal", "selu": "lecun_normal",
        "elu": "kaiming_normal",
    }  # fmt: skip
    assert {name: fitting_initializer(ACTIVATIONS[name]) for name in usual} == usual
    assert {fitting_initializer(row) for row in ACTIVATIONS.values()} <= set(INITIALIZERS)


def test_every_correction_has_its_source():
    assert all(row.about.endswith(".") and row.source for row in CORRECTIONS.values())
