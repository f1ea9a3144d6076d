"""Infinite-width theory against closed forms, a plain sum in NumPy, and networks."""

import math

import numpy as np
import pytest
import torch

from playground.catalog import ACTIVATIONS, INITIALIZERS
from playground.catalog.initializers import Fan
from playground.config import Config
from playground.nn.build import build_network
from playground.train.signal.probe import SignalProbe
from playground.train.signal.theory import expected_layers, gaussian_moments, typical_squares

VARIANCES = (1e-8, 0.3, 1.0, 4.0, 500.0, 1e7)
DRAWN = [name for name, row in INITIALIZERS.items() if row.variance]


def moments(name, *variances):
    found = gaussian_moments(ACTIVATIONS[name], torch.tensor(variances, dtype=torch.double))
    return np.array([values.tolist() for values in found])  # (3, K)


def theory(X=None, **fields):
    config = Config.parse({"hidden_sizes": (100,) * 10, **fields})
    num_inputs = 100 if X is None else X.shape[1]
    with torch.device("meta"):  # shapes are enough
        network = build_network(config, num_inputs, 10)
    return expected_layers(network, config, X)


def probe(width=400, samples=200, num_inputs=True, **fields):
    config = Config.parse({"hidden_sizes": (width,) * 5, "dataset": "digits", **fields})
    found = SignalProbe(config, num_samples=samples, num_inputs=width if num_inputs else None, chunk_size=samples)
    found.advance()
    return found


# Moments of f(z), in closed form: rows name -> E[f], E[f^2], E[f'^2] for z ~ N(0, q).
CLOSED = {
    "identity": lambda q: (0, q, 1),
    "relu": lambda q: (math.sqrt(q / (2 * math.pi)), q / 2, 1 / 2),
    "leaky_relu": lambda q: (0.99 * math.sqrt(q / (2 * math.pi)), (1 + 1e-4) * q / 2, (1 + 1e-4) / 2),
    "prelu": lambda q: (0.75 * math.sqrt(q / (2 * math.pi)), (1 + 1 / 16) * q / 2, (1 + 1 / 16) / 2),
    "maxout": lambda q: (math.sqrt(q / math.pi), q, 1 / 2),  # larger of two; each piece acts half of the time
}


@pytest.mark.parametrize("q", VARIANCES)
@pytest.mark.parametrize("name", CLOSED)
def test_moments_have_their_closed_forms(name, q):
    assert moments(name, q)[:, 0] == pytest.approx(CLOSED[name](q), rel=1e-9, abs=1e-9 * math.sqrt(q))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


SMOOTH = {  # f and f'
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "sigmoid": (sigmoid, lambda z: sigmoid(z) * sigmoid(-z)),
    "softplus": (lambda z: np.logaddexp(0, z), sigmoid),
    "silu": (lambda z: z * sigmoid(z), lambda z: sigmoid(z) * (1 + z * sigmoid(-z))),
    "elu": (lambda z: np.where(z > 0, z, np.expm1(np.minimum(z, 0))), lambda z: np.exp(np.minimum(z, 0))),
}


@pytest.mark.parametrize("q", [0.3, 1.0, 25.0])
@pytest.mark.parametrize("name", SMOOTH)
def test_moments_agree_with_a_plain_sum(name, q):
    z = np.linspace(-9, 9, 400_001)
    weight = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi) * (z[1] - z[0])
    f, slope = (function(math.sqrt(q) * z) for function in SMOOTH[name])
    expected = [(values * weight).sum() for values in (f, f**2, slope**2)]
    assert moments(name, q)[:, 0] == pytest.approx(expected, rel=1e-4, abs=1e-9)


def test_the_gain_of_relu_comes_from_the_mean_square_not_from_the_deviation():
    mean, square, _ = moments("relu", 1.0)[:, 0]
    assert 1 / math.sqrt(square) == pytest.approx(ACTIVATIONS["relu"].gain)
    wrong_gain = 1 / math.sqrt(square - mean**2)
    assert wrong_gain == pytest.approx(1.7128, abs=1e-3)
    wrong = theory(activation="relu", init_scale=wrong_gain / math.sqrt(2))
    assert wrong[-1].std / wrong[0].std == pytest.approx((wrong_gain**2 / 2) ** 4.5)
    assert wrong[-1].std / wrong[0].std > 5, "with it, the signal grows"


@pytest.mark.parametrize("name", DRAWN)
def test_the_rows_variance_is_the_map_factor(name):
    q = 100 * INITIALIZERS[name].variance(Fan(fan_in=100, fan_out=100, gain=1.0))
    bias = 1 / 300 if INITIALIZERS[name].bias else 0
    layers = theory(activation="identity", initializer=name)
    assert layers[0].std ** 2 == pytest.approx(q + bias)
    assert layers[1].std ** 2 == pytest.approx(q * (q + bias) + bias)


def test_relu_in_closed_form():
    he = theory(activation="relu", initializer="kaiming_normal")
    assert [layer.mean**2 + layer.std**2 for layer in he] == pytest.approx([1.0] * 10)
    assert [layer.gradient for layer in he] == pytest.approx([1.0] * 10)
    lecture = theory(activation="relu", initializer="xavier_lecture")
    assert [layer.mean**2 + layer.std**2 for layer in lecture] == pytest.approx([0.5**n for n in range(1, 11)])
    assert [layer.gradient**2 for layer in lecture] == pytest.approx([0.5**n for n in range(9, -1, -1)])


def test_residual_blocks_triple_the_mean_square_and_zero_init_keeps_it():
    fields = {"activation": "relu", "initializer": "kaiming_normal", "residual": True}
    grown = [layer.mean**2 + layer.std**2 for layer in theory(**fields)]
    assert grown == pytest.approx([3.0**block for block in range(10)])
    kept = [layer.mean**2 + layer.std**2 for layer in theory(**fields, zero_init_residual=True)]
    assert kept == pytest.approx([1.0] * 10)
    assert theory(**fields)[0].gradient == pytest.approx(3**4.5)
    assert theory(**fields, zero_init_residual=True)[0].gradient == pytest.approx(1)


def test_an_explosion_ends_in_numbers_that_are_not_finite():
    layers = theory(activation="relu", initializer="large_normal", init_scale=100, hidden_sizes=(1000,) * 51)
    assert math.isfinite(layers[0].std) and not math.isfinite(layers[-1].std)


def test_typical_samples_stand_for_all():
    X = torch.randn(1000, 7, generator=torch.Generator().manual_seed(0)) * torch.linspace(0.1, 3, 1000)[:, None]
    assert typical_squares(X).mean().item() == pytest.approx(X.square().mean().item(), rel=0.02)
    assert typical_squares(X[:3]).tolist() == pytest.approx(sorted(X[:3].double().square().mean(1).tolist()))


# Against networks: five layers of 400, one seed; that far from infinity, 20% must do.


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_wide_network_follows_theory(name):
    found = probe(activation=name, initializer="lecun_normal")
    layers, gradients, expected = found.layers(), found.gradients(), found.expected
    assert [row.std for row, *_ in layers] == pytest.approx([row.std for row in expected], rel=0.2)
    backward = [std / gradients[-1][1] for _, std, _ in gradients]
    assert backward == pytest.approx([row.gradient for row in expected], rel=0.2)


def test_a_wide_network_tells_wrong_theories_from_the_right_one():
    found = probe(activation="relu", initializer="xavier_lecture")
    std, back = found.layers()[-1][0].std, found.gradients()[0][1] / found.gradients()[-1][1]
    right = found.expected
    deviation = 1.0  # the map with the deviation of f instead of its mean square
    for _ in range(5):
        deviation *= 0.5 - 1 / (2 * math.pi)
    assert std != pytest.approx(math.sqrt(deviation), rel=0.2) and std == pytest.approx(right[-1].std, rel=0.2)
    mean_slope = 0.5**4  # E[f']^2 in place of E[f'^2]
    assert back != pytest.approx(mean_slope, rel=0.2) and back == pytest.approx(right[0].gradient, rel=0.2)


def test_the_papers_xavier_is_not_the_lectures_where_a_layer_widens():
    """64 pixels into 400 units: 2 / 464 against 1 / 64."""
    found = probe(num_inputs=False, activation="tanh", initializer="xavier_lecture")
    assert found.layers()[0][0].std == pytest.approx(found.expected[0].std, rel=0.1)
    paper = theory(found._split.X, activation="tanh", initializer="xavier_normal", hidden_sizes=(400,) * 5)
    assert found.layers()[0][0].std != pytest.approx(paper[0].std, rel=0.1)
