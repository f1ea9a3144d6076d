"""Statistics of batch normalization in evaluation, against NumPy and torch's own idiom."""

import numpy as np
import pytest
import torch
from torch import nn

from playground.config import Config
from playground.data.prepared import prepare
from playground.nn.build import build_network
from playground.nn.fresh_statistics import by_the_batch, evaluating, mean_and_variance
from tests.aids.training import tiny

FIELDS = {
    "dense": {},
    "dropout": {"dropout": 0.5},
    "blocks": {"hidden_sizes": (4,) * 4, "residual": True, "stochastic_depth": 0.95},
    "conv": {"dataset": "digits", "architecture": "conv", "conv_channels": (2, 3), "pooling": "fractional_max"},
}


def start(**fields: object):
    """An untrained network in training mode, and the inputs of its training split."""
    config: Config = tiny(**{"normalization": "batch", **fields})
    data = prepare(config)
    return build_network(config, data.num_inputs, data.num_outputs).train(), data.train.X


def averages(network):
    return {name: value.clone() for name, value in network.named_buffers()}


def test_they_are_those_of_numpy_layer_by_layer():
    network, X = start(activation="relu")
    signal = X.double().numpy()
    with evaluating(network, X):
        for affine, norm in zip(network.parts[0:8:4], network.batch_norms, strict=True):
            signal = signal @ affine.weight.detach().double().numpy().T
            np.testing.assert_allclose(norm.running_mean, signal.mean(0), atol=1e-5)
            np.testing.assert_allclose(norm.running_var, signal.var(0), rtol=1e-4)
            signal = np.maximum((signal - signal.mean(0)) / np.sqrt(signal.var(0) + norm.eps), 0)


@pytest.mark.parametrize("fields", [{}, FIELDS["conv"] | {"pooling": "max"}], ids=["dense", "conv"])
def test_the_samples_come_out_as_in_training_on_all_of_them(fields):
    network, X = start(**fields)
    with evaluating(network, X):
        found = network(X)
    torch.testing.assert_close(found, network.train()(X))


@pytest.mark.parametrize("shape", [(50, 3), (8, 3, 4, 5), (2, 3), (1, 3)])
def test_a_large_mean_costs_the_variance_nothing(shape):
    """The known wrong variant, the mean of squares less the square of the mean, has lost it all in float32."""
    x = 1e4 + torch.randn(shape, generator=torch.Generator().manual_seed(0))
    places = [axis for axis in range(len(shape)) if axis != 1]
    mean, variance = mean_and_variance(x)
    torch.testing.assert_close(mean, x.double().mean(places).float())
    torch.testing.assert_close(variance, x.double().var(places, correction=0).float(), rtol=1e-3, atol=1e-6)
    naive = x.square().mean(places) - x.mean(places).square()
    assert shape[0] == 1 or not torch.allclose(naive, variance, rtol=0.1)


@pytest.mark.parametrize("is_training", [True, False])
@pytest.mark.parametrize("momentum", [0.1, None], ids=["moving", "cumulative"])
@pytest.mark.parametrize("fields", FIELDS.values(), ids=FIELDS)
def test_training_goes_on_as_if_nobody_had_looked(fields, momentum, is_training):
    network, X = start(**fields)
    for norm in network.batch_norms:
        norm.momentum = momentum
    network(X[: len(X) // 2])
    network.train(is_training)
    before, state = averages(network), torch.get_rng_state()
    with evaluating(network, X) as opened:
        assert opened is network and not any(module.training for module in network.modules())
        assert not any(torch.equal(value, before[name]) for name, value in network.named_buffers() if "run" in name)
    assert torch.equal(torch.get_rng_state(), state)
    assert all(module.training == is_training for module in network.modules())
    assert all(torch.equal(value, before[name]) for name, value in network.named_buffers())
    assert [norm.momentum for norm in network.batch_norms] == [momentum] * len(network.batch_norms)


def test_an_evaluation_that_fails_leaves_training_as_it_was():
    network, X = start()
    before = averages(network)
    with pytest.raises(ValueError, match="on the way"), evaluating(network, X):
        raise ValueError("on the way")
    assert network.training and all(torch.equal(value, before[name]) for name, value in network.named_buffers())


def test_without_batch_normalization_nothing_is_computed():
    network, X = start(normalization="layer")
    passes = []
    network.register_forward_pre_hook(lambda *_: passes.append(1))
    with evaluating(network, X):
        assert not passes


def test_the_gradient_goes_through_the_statistics_of_the_batch():
    """Of a unit that is normalized, the gradient is at right angles to its weights; with fixed statistics it is not."""
    network, X = start(hidden_sizes=(4,))
    network.eval()
    weight = network.layers[0].weights[0]

    def along() -> float:
        (gradient,) = torch.autograd.grad(network(X).square().mean(), [weight])
        return nn.functional.cosine_similarity(gradient, weight).abs().max().item()

    with by_the_batch(network):
        through = along()
    with evaluating(network, X):
        fixed = along()
    assert through < 0.01 < 0.1 < fixed
