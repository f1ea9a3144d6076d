"""Weights times a number, against NumPy, finite differences and the closed form."""

import numpy as np
import pytest
import torch

from playground.nn.weight_scale import ScaledLayer

EPSILON = 1e-3  # large, so that its effect is seen
FACTORS = (0.01, 0.3, 1.0, 7.0, 100.0)
factors = pytest.mark.parametrize("a", FACTORS)
normalized = pytest.mark.parametrize("kind", ["batch", "layer", "group", "instance"])


def layer(kind, epsilon=EPSILON):
    return ScaledLayer(kind, batch_size=16, epsilon=epsilon, seed=1)


@factors
@pytest.mark.parametrize(("kind", "axis"), [("batch", 0), ("layer", 1)])
def test_outputs_are_those_of_numpy(kind, axis, a):
    one = layer(kind)
    z = a * one.X.numpy() @ one.W.numpy().T
    mean, var = z.mean(axis, keepdims=True), z.var(axis, keepdims=True)
    np.testing.assert_allclose(one.normalized(a, EPSILON).numpy(), (z - mean) / np.sqrt(var + EPSILON), atol=1e-12)


def test_what_comes_before_the_normalization_starts_with_a_spread_of_one():
    one = layer("none")
    for weights in (one.W, one.readout):
        assert weights.norm(dim=1).numpy() == pytest.approx(1, abs=0.5)
    assert (one.X @ one.W.T).std().item() == pytest.approx(1, abs=0.2)


@normalized
@factors
def test_a_times_the_weights_is_the_same_as_epsilon_over_a_squared(kind, a):
    seen = layer(kind).at(a)
    assert seen.output_change == pytest.approx(seen.output_change_expected, abs=1e-12)
    assert seen.gradient_error < 1e-11


@normalized
@factors
def test_with_a_small_epsilon_the_gradient_goes_with_one_over_a(kind, a):
    seen = layer(kind, 1e-14).at(a)
    assert seen.output_change < 1e-6
    assert seen.gradient_ratio == pytest.approx(1 / a, rel=1e-5)
    assert seen.alignment < 1e-6
    if a != 1:
        assert seen.gradient_ratio != pytest.approx(a, rel=0.1), "a gradient that grows with a must be rejected"


def test_without_normalization_everything_changes():
    seen = layer("none").at(10.0)
    assert seen.output_change > 1 and seen.output_change == pytest.approx(seen.output_change_expected)
    assert seen.gradient_ratio != pytest.approx(0.1, rel=0.5)
    assert np.isnan(seen.gradient_error)


@pytest.mark.parametrize("kind", ["none", "batch", "layer"])
def test_the_gradient_is_that_of_finite_differences(kind):
    one, a, h = layer(kind), 2.0, 1e-6
    gradient, W = one.gradient(a, EPSILON), one.W.clone()
    for row, column in ((0, 0), (3, 7), (11, 19)):
        losses = []
        for step in (h, -h):
            one.W = W.clone()
            one.W[row, column] += step / a
            outputs = torch.relu(one.normalized(a, EPSILON)) @ one.readout.T
            losses.append(torch.nn.functional.cross_entropy(outputs, one.y).item())
        assert gradient[row, column].item() == pytest.approx((losses[0] - losses[1]) / (2 * h), abs=1e-8)
