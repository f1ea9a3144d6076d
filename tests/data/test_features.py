"""Inputs made of the coordinates of a plane."""

import numpy as np
import pytest

from playground.catalog import FEATURES
from playground.data.features import plane_inputs

X = np.random.default_rng(0).uniform(-6, 6, (50, 2))
FORMULAS = {
    "x1": X[:, 0],
    "x2": X[:, 1],
    "x1_squared": X[:, 0] ** 2,
    "x2_squared": X[:, 1] ** 2,
    "x1_x2": X[:, 0] * X[:, 1],
    "sin_x1": np.sin(X[:, 0]),
    "sin_x2": np.sin(X[:, 1]),
}


def test_every_input_has_a_formula():
    assert set(FORMULAS) == set(FEATURES)


@pytest.mark.parametrize("name", FEATURES)
def test_an_input_follows_its_formula(name):
    np.testing.assert_array_equal(plane_inputs(X, (name,)), FORMULAS[name][:, None])


def test_inputs_stand_side_by_side_in_the_order_asked_for():
    np.testing.assert_array_equal(
        plane_inputs(X, tuple(FEATURES)), np.stack([FORMULAS[name] for name in FEATURES], axis=1)
    )
