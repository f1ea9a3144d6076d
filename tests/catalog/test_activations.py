"""Activations against formulas in NumPy, central differences and numerical integrals."""

import math

import numpy as np
import pytest
import torch
from scipy import integrate, special, stats

from playground.catalog import ACTIVATIONS
from playground.catalog.activations import activation_of
from playground.config import Config
from playground.registry import resolve

LAMBDA, ALPHA = 1.0507009873554805, 1.6732632423543772
Z = np.concatenate([np.linspace(-9, 9, 73), [-30.0, 30.0, 1e-3, -1e-3]])
AWAY_FROM_KINK = Z[Z != 0]


def sigmoid(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))


def pairs(z):
    """What two pieces of maxout get from one z: z and -z / 2."""
    return np.stack([z, -z / 2], axis=1)


# Row -> the formula of f and of its slope.
FORMULAS = {
    "identity": (lambda z: z, np.ones_like),
    "sigmoid": (sigmoid, lambda z: sigmoid(z) * sigmoid(-z)),
    "tanh": (lambda z: 2 * sigmoid(2 * z) - 1, lambda z: 4 * sigmoid(2 * z) * sigmoid(-2 * z)),
    "relu": (lambda z: np.maximum(0, z), lambda z: (z > 0) * 1.0),
    "leaky_relu": (lambda z: np.maximum(0.01 * z, z), lambda z: np.where(z > 0, 1, 0.01)),
    "prelu": (lambda z: np.maximum(0, z) + 0.25 * np.minimum(0, z), lambda z: np.where(z > 0, 1, 0.25)),
    "elu": (lambda z: np.where(z >= 0, z, np.expm1(np.minimum(z, 0))), lambda z: np.exp(np.minimum(z, 0))),
    "selu": (
        lambda z: LAMBDA * np.where(z >= 0, z, ALPHA * np.expm1(np.minimum(z, 0))),
        lambda z: LAMBDA * np.where(z > 0, 1, ALPHA * np.exp(np.minimum(z, 0))),
    ),
    "gelu": (lambda z: z * special.ndtr(z), lambda z: special.ndtr(z) + z * stats.norm.pdf(z)),
    "silu": (lambda z: z * sigmoid(z), lambda z: sigmoid(z) + z * sigmoid(z) * sigmoid(-z)),
    "softplus": (lambda z: np.logaddexp(0, z), sigmoid),
    "maxout": (lambda z: pairs(z).max(axis=1), lambda z: np.where(z > 0, 1, -0.5)),
}
SLOPE_AT_ZERO = {"sigmoid": 0.25, "tanh": 1, "relu": 0, "gelu": 0.5, "silu": 0.5, "softplus": 0.5, "identity": 1}
rows = pytest.mark.parametrize("row", ACTIVATIONS.values(), ids=ACTIVATIONS)


def evaluate(row, z):
    """f(z) by the row's module, z (N,) float64."""
    inputs = torch.tensor(pairs(z)[:, : row.pieces])
    return resolve(row.target)(**row.arguments).double()(inputs)[:, 0].detach().numpy()


def slope(row, z):
    """f'(z) by autograd."""
    variable = torch.tensor(z, requires_grad=True)
    inputs = torch.stack([variable, -variable / 2], dim=1)[:, : row.pieces]
    resolve(row.target)(**row.arguments).double()(inputs).sum().backward()
    return variable.grad.numpy()


def test_every_row_has_a_formula():
    assert set(FORMULAS) == set(ACTIVATIONS)


@rows
def test_values_follow_the_formula(row):
    np.testing.assert_allclose(evaluate(row, Z), FORMULAS[row.name][0](Z), rtol=1e-12, atol=1e-12)


@rows
def test_slopes_follow_the_formula(row):
    expected = FORMULAS[row.name][1](AWAY_FROM_KINK)
    np.testing.assert_allclose(slope(row, AWAY_FROM_KINK), expected, rtol=1e-10, atol=1e-13)


@rows
def test_slopes_are_central_differences(row):
    h = 1e-5
    difference = (evaluate(row, AWAY_FROM_KINK + h) - evaluate(row, AWAY_FROM_KINK - h)) / (2 * h)
    np.testing.assert_allclose(slope(row, AWAY_FROM_KINK), difference, atol=1e-8)


@pytest.mark.parametrize(("name", "expected"), SLOPE_AT_ZERO.items(), ids=SLOPE_AT_ZERO)
def test_slopes_at_zero(name, expected):
    assert slope(ACTIVATIONS[name], np.zeros(1)).item() == expected


@rows
def test_saturation_begins_where_the_slope_is_a_twentieth_of_the_steepest(row):
    grid = np.linspace(-40, 40, 160_001)  # steps of 0.0005
    size = np.abs(slope(row, grid))
    flat = size < 0.05 * size.max() - 1e-12
    below, above = grid[0], grid[-1]
    if not flat[-1]:
        above = math.inf
    if not flat[0]:
        below = -math.inf
    steep = grid[~flat]
    expected_low = None if below == -math.inf else steep.min()
    expected_high = None if above == math.inf else steep.max()
    assert row.saturates_below == (None if expected_low is None else pytest.approx(expected_low, abs=0.001))
    assert row.saturates_above == (None if expected_high is None else pytest.approx(expected_high, abs=0.001))


@rows
def test_a_unit_can_die_where_the_slope_is_exactly_zero(row):
    negative = np.linspace(-8, -1e-6, 1000)
    is_zero = (slope(row, negative) == 0).all()
    assert (row.dies_below is not None) == is_zero
    assert row.dies_below in (None, 0.0)


def second_moment(row):
    """E[f(z)^2] for z ~ N(0, 1), pieces of maxout independent."""
    if row.pieces == 2:  # density of the larger of two is 2 pdf cdf
        return integrate.quad(lambda z: z**2 * 2 * stats.norm.pdf(z) * stats.norm.cdf(z), -12, 12)[0]
    f = FORMULAS[row.name][0]
    return integrate.quad(lambda z: f(np.array(z)) ** 2 * stats.norm.pdf(z), -12, 12, points=[0])[0]


TORCH_GAINS = {"sigmoid": ("sigmoid",), "tanh": ("tanh",), "relu": ("relu",), "leaky_relu": ("leaky_relu", 0.01),
               "prelu": ("leaky_relu", 0.25), "identity": ("linear",)}  # fmt: skip


@rows
def test_gain_keeps_the_second_moment_or_is_the_usual_one(row):
    usual = TORCH_GAINS.get(row.name)
    expected = torch.nn.init.calculate_gain(*usual) if usual else 1 / math.sqrt(second_moment(row))
    assert row.gain == pytest.approx(expected, rel=1e-9)


SLOPES = pytest.mark.parametrize("negative_slope", [0.001, 0.01, 0.1, 0.5, 1.0])


@SLOPES
def test_a_chosen_slope_is_that_of_the_function_the_gain_and_what_counts_as_flat(negative_slope):
    row = activation_of(Config(activation="leaky_relu", negative_slope=negative_slope))
    np.testing.assert_allclose(evaluate(row, Z), np.maximum(negative_slope * Z, Z), rtol=1e-12)
    assert row.gain == pytest.approx(torch.nn.init.calculate_gain("leaky_relu", negative_slope), rel=1e-12)
    assert row.dies_below is None
    assert (row.saturates_below == 0.0) == (negative_slope < 0.05) != (row.saturates_below is None)


def test_other_rows_have_no_slope_to_choose():
    for name in ACTIVATIONS:
        chosen = activation_of(Config(activation=name, negative_slope=0.3))
        assert (chosen == ACTIVATIONS[name]) == (name != "leaky_relu")


@pytest.mark.parametrize("wrong", [1 / math.sqrt(0.5 - 1 / (2 * math.pi)), 1.0])
def test_a_gain_of_the_spread_instead_of_the_second_moment_is_rejected(wrong):
    assert ACTIVATIONS["relu"].gain != pytest.approx(wrong, rel=0.01)


def test_the_usual_gain_of_selu_would_break_its_fixed_point():
    assert torch.nn.init.calculate_gain("selu") == 0.75
    assert ACTIVATIONS["selu"].gain == pytest.approx(1 / math.sqrt(second_moment(ACTIVATIONS["selu"])), rel=1e-6)


def test_sigmoid_keeps_its_slope_far_out_where_one_minus_it_loses_digits():
    assert slope(ACTIVATIONS["sigmoid"], np.array([30.0])).item() > 0
    assert slope(ACTIVATIONS["sigmoid"], np.array([5.0])).item() == pytest.approx(0.006648056670790155, rel=1e-9)
