"""Surfaces: minima, gradients and what is said of their shape."""

import numpy as np
import pytest
import torch

from playground.catalog import SURFACES
from playground.train.paths.surfaces import Function

rows = pytest.mark.parametrize("row", SURFACES.values(), ids=lambda row: row.name)
POINTS = np.random.default_rng(0).uniform(-1.5, 1.5, (20, 2))


def numbers(row, **changes):
    return {parameter.name: parameter.default for parameter in row.parameters} | changes


def value(row, x, y, **changes):
    pair = (torch.tensor([one], dtype=torch.float64) for one in (x, y))
    return Function(row.name, numbers(row, **changes)).values(*pair).item()


def differences(of, x, y, h=1e-5):
    return np.array([of(x + h, y) - of(x - h, y), of(x, y + h) - of(x, y - h)]) / (2 * h)


@rows
def test_nothing_around_is_lower_than_a_minimum(row):
    for x, y in row.minima:
        assert value(row, x, y) == pytest.approx(row.lowest, abs=1e-12)
        np.testing.assert_allclose(differences(lambda a, b: value(row, a, b), x, y), 0, atol=1e-6)
    lows = [value(row, x, y) for x, y in np.concatenate([POINTS, 3 * POINTS])]
    assert row.lowest is None or min(lows) >= row.lowest
    assert row.lowest is not None or min(lows) < -1


@rows
def test_gradients_are_central_differences(row):
    function = Function(row.name, numbers(row, **{p.name: 0.0 for p in row.parameters if p.name == "noise"}))
    _, gradients = function.look(torch.tensor(POINTS))
    expected = [differences(lambda a, b: value(row, a, b), x, y) for x, y in POINTS]
    np.testing.assert_allclose(gradients, expected, rtol=1e-6, atol=1e-5)


@rows
def test_the_start_is_in_a_square_picture_and_not_at_a_minimum(row):
    x_low, x_high, y_low, y_high = row.bounds
    assert x_high - x_low == y_high - y_low
    assert x_low < row.start[0] < x_high and y_low < row.start[1] < y_high
    assert row.start not in row.minima
    assert all(x_low < x < x_high and y_low < y < y_high for x, y in row.minima)


@rows
def test_every_parameter_explains_itself(row):
    for parameter in row.parameters:
        assert parameter.low <= parameter.default <= parameter.high
        assert parameter.label and parameter.help.endswith(".")


@pytest.mark.parametrize("row", [row for row in SURFACES.values() if row.curvatures], ids=lambda row: row.name)
def test_curvatures_are_the_eigenvalues_along_the_turned_axes(row):
    turned = {"angle": 30.0} if "angle" in numbers(row) else {}
    own, h = numbers(row, **turned), 1e-3
    for axis, curvature in enumerate(row.curvatures(own)):
        angle = row.angle(own) + axis * np.pi / 2
        a, b = h * np.cos(angle), h * np.sin(angle)
        second = (value(row, a, b, **turned) - 2 * value(row, 0, 0) + value(row, -a, -b, **turned)) / h**2
        assert second == pytest.approx(curvature, rel=1e-6)


def test_a_quadratic_turned_by_90_degrees_has_its_steep_axis_across():
    row = SURFACES["quadratic"]
    assert value(row, 1, 0, kappa=9.0, angle=90.0) == pytest.approx(4.5)
    assert value(row, 1, 0, kappa=9.0, angle=0.0) == pytest.approx(0.5)


def test_a_plane_has_the_gradient_one_everywhere():
    _, gradients = Function("plane", {"slope": 1.0}).look(torch.tensor(POINTS))
    np.testing.assert_array_equal(gradients, np.tile([1.0, 0.0], (20, 1)))
