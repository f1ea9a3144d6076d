"""Numbers of single activations against closed forms and numerical integrals."""

import math

import numpy as np
import pytest
import torch
from scipy import integrate, stats

from playground.catalog import ACTIVATIONS
from playground.catalog.activation_lesson import adjusted
from playground.config import Config
from playground.nn.build import build_network
from playground.train.activations import shape
from playground.train.signal.theory import gaussian_moments

HALF_MEAN = 1 / math.sqrt(2 * math.pi)  # E[max(0, z)]
ELU_MEAN = HALF_MEAN + math.exp(0.5) * stats.norm.cdf(-1) - 0.5
LAMBDA, ALPHA = 1.0507009873554805, 1.6732632423543772
MEANS = {
    "identity": 0.0,
    "sigmoid": 0.5,
    "tanh": 0.0,
    "relu": HALF_MEAN,
    "leaky_relu": 0.99 * HALF_MEAN,
    "prelu": 0.75 * HALF_MEAN,
    "elu": ELU_MEAN,
    "selu": LAMBDA * (HALF_MEAN + ALPHA * (math.exp(0.5) * stats.norm.cdf(-1) - 0.5)),
    "gelu": 1 / (2 * math.sqrt(math.pi)),
    "silu": integrate.quad(lambda z: z / (1 + math.exp(-z)) * stats.norm.pdf(z), -12, 12)[0],
    "softplus": integrate.quad(lambda z: np.logaddexp(0, z) * stats.norm.pdf(z), -12, 12)[0],
    "maxout": math.sqrt(2 / math.pi) - 1,  # two tangents of z^2 / 4 that touch it at -2 and 2 make |z| - 1
}
rows = pytest.mark.parametrize("row", ACTIVATIONS.values(), ids=ACTIVATIONS)


@rows
def test_mean_output_is_the_closed_form(row):
    assert shape.mean_output(row) == pytest.approx(MEANS[row.name], abs=1e-12)


@pytest.mark.parametrize("row", [row for row in ACTIVATIONS.values() if row.pieces == 1], ids=lambda row: row.name)
def test_mean_output_agrees_with_the_theory_of_signals(row):
    mean = gaussian_moments(row, torch.ones(1))[0].item()
    assert shape.mean_output(row) == pytest.approx(mean, abs=1e-10)


def test_elu_is_nearer_to_zero_than_relu_but_not_at_zero():
    elu, relu = (shape.mean_output(ACTIVATIONS[name]) for name in ("elu", "relu"))
    assert 0.1 < elu < relu / 2


def test_a_mean_over_evenly_spread_inputs_is_rejected():
    values, _ = shape.values_and_slopes(ACTIVATIONS["relu"], np.linspace(-6, 6, 1001))
    assert shape.mean_output(ACTIVATIONS["relu"]) != pytest.approx(values.mean(), rel=0.5)


@pytest.mark.parametrize("pieces", [2, 3, 8])
def test_maxout_of_one_input_is_the_upper_envelope_of_its_lines(pieces):
    row = adjusted(ACTIVATIONS["maxout"], slope=0.25, pieces=pieces)
    z = np.linspace(-5, 5, 201)
    lines = shape.lines(row)
    heights = lines[:, :1] * z + lines[:, 1:]
    values, slopes = shape.values_and_slopes(row, z)
    np.testing.assert_allclose(values, heights.max(axis=0), atol=1e-14)
    away = np.abs(z[:, None] - shape.kinks(row)).min(axis=1) > 1e-6
    np.testing.assert_allclose(slopes[away], lines[heights.argmax(axis=0), 0][away], atol=1e-14)
    assert (values <= z**2 / 4 + 1e-12).all()
    mean = integrate.quad(
        lambda z: (lines[:, 0] * z + lines[:, 1]).max() * stats.norm.pdf(z), -12, 12, points=shape.kinks(row), limit=200
    )[0]
    assert shape.mean_output(row) == pytest.approx(mean, abs=1e-8)


def test_more_pieces_come_nearer_to_the_parabola():
    z = np.linspace(-2, 2, 101)
    gaps = [
        np.abs(shape.values_and_slopes(adjusted(ACTIVATIONS["maxout"], slope=0, pieces=k), z)[0] - z**2 / 4).max()
        for k in (2, 4, 8)
    ]
    assert gaps == sorted(gaps, reverse=True)


@rows
def test_parameters_are_those_of_the_built_network(row):
    network = build_network(Config(activation=row.name, hidden_sizes=(100,)), 64, 10)
    hidden = sum(p.numel() for p in network.parameters()) - (100 * 10 + 10)
    assert shape.parameters_per_unit(row, 64, 100) * 100 == pytest.approx(hidden)


def test_maxout_doubles_the_parameters():
    sizes = {name: 100 * shape.parameters_per_unit(ACTIVATIONS[name], 64, 100) for name in ("relu", "maxout")}
    assert sizes == {"relu": 6500, "maxout": 13_000}


def test_costs_are_of_the_right_size_and_maxout_costs_more_than_relu():
    (relu, maxout), linear = shape.costs([ACTIVATIONS["relu"], ACTIVATIONS["maxout"]], 64)
    assert 0.01 < relu < maxout < 10_000
    assert 0.01 < linear < 10_000
