"""Layers that torch.nn does not have, and the dropout of every activation."""

import math

import numpy as np
import pytest
import torch
from torch import nn

from playground.catalog import ACTIVATIONS
from playground.nn.layers import DropConnectLinear, Maxout, NormNoise, ResidualBlock
from playground.registry import resolve

RATES = pytest.mark.parametrize("p", [0.1, 0.5, 0.8])
SIGMAS = 5  # of the sampling error; a fixed seed makes the outcome certain


@pytest.fixture(autouse=True)
def seed():
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        yield


def test_maxout_takes_the_largest_of_neighbouring_units():
    z = torch.tensor([[1.0, 2.0, 5.0, 3.0, -1.0, -4.0]])
    assert Maxout(2)(z).tolist() == [[2, 5, -1]]
    assert Maxout(3)(z).tolist() == [[5, 3]]


def test_maxout_keeps_the_shape_of_an_image():
    z = torch.randn(3, 8, 4, 5)
    assert torch.equal(Maxout(2)(z), torch.maximum(z[:, ::2], z[:, 1::2]))


@pytest.mark.parametrize(("slope", "oracle"), [(0.0, nn.ReLU()), (0.01, nn.LeakyReLU(0.01)), (-1.0, torch.abs)])
def test_maxout_of_a_piece_and_its_multiple_is_relu_leaky_relu_or_the_absolute_value(slope, oracle):
    z = torch.randn(50, 4)
    both = torch.stack([z, slope * z], dim=2).flatten(1)
    assert torch.equal(Maxout(2)(both), oracle(z))


PLAIN = [row for row in ACTIVATIONS.values() if row.dropout == "torch.nn.Dropout"]
ALPHA = [row for row in ACTIVATIONS.values() if row.dropout != "torch.nn.Dropout"]


@RATES
@pytest.mark.parametrize("row", PLAIN, ids=lambda row: row.name)
def test_dropout_scales_what_it_keeps_so_that_the_mean_stays(row, p):
    x = torch.ones(100_000)
    dropped = resolve(row.dropout)(p)(x)
    assert dropped.unique().tolist() == pytest.approx([0, 1 / (1 - p)])
    error = math.sqrt(p / (1 - p) / len(x))
    assert dropped.mean().item() == pytest.approx(1, abs=SIGMAS * error)


@RATES
@pytest.mark.parametrize("row", ACTIVATIONS.values(), ids=ACTIVATIONS)
def test_dropout_does_nothing_in_evaluation(row, p):
    x = torch.randn(1000)
    assert torch.equal(resolve(row.dropout)(p).eval()(x), x)


@RATES
@pytest.mark.parametrize("row", ALPHA, ids=lambda row: row.name)
def test_alpha_dropout_keeps_mean_and_variance(row, p):
    x = torch.selu(torch.randn(400_000))
    dropped = resolve(row.dropout)(p)(x)
    assert dropped.mean().item() == pytest.approx(x.mean().item(), abs=0.02)
    assert dropped.var().item() == pytest.approx(x.var().item(), abs=0.03)
    assert abs(nn.Dropout(p)(x).var().item() - x.var().item()) > 0.1 * p  # plain dropout inflates it


def test_selu_alone_needs_alpha_dropout():
    assert [row.name for row in ALPHA] == ["selu"]


@RATES
def test_drop_connect_has_the_mean_and_variance_of_its_masks(p):
    layer = DropConnectLinear(6, 1, p=p).double()
    x = torch.randn(1, 6).double()
    outputs = torch.cat([layer(x) for _ in range(4000)]).detach().numpy()
    weight, bias = layer.weight.detach().numpy()[0], layer.bias.item()
    mean = weight @ x[0].numpy() + bias
    variance = p / (1 - p) * (weight**2 @ x[0].numpy() ** 2)
    assert outputs.mean() == pytest.approx(mean, abs=SIGMAS * math.sqrt(variance / len(outputs)))
    assert outputs.var() == pytest.approx(variance, rel=0.15)
    assert layer.eval()(x).item() == pytest.approx(mean)


def test_drop_connect_drops_weights_and_not_units():
    layer = DropConnectLinear(50, 50, p=0.5, bias=False)
    outputs = layer(torch.ones(1, 50))
    assert (outputs != 0).all()


def test_drop_connect_draws_one_mask_for_a_batch_and_a_new_one_for_the_next():
    layer = DropConnectLinear(5, 5, p=0.5)
    x = torch.randn(1, 5)
    first, second = layer(x.repeat(2, 1))
    torch.testing.assert_close(first, second)
    assert not torch.allclose(layer(x), first)


@pytest.mark.parametrize("shape", [(2000, 50), (20, 50, 10, 10)], ids=["units", "channels"])
def test_noise_has_a_mean_and_a_spread_of_each_units_own(shape):
    """m ~ U(-1, 1) and s ~ U(1, 1.25): noise without either, or drawn for each sample, looks otherwise."""
    x = torch.randn(shape)
    drawn = ((NormNoise(0.5)(x) - x) / 0.5).transpose(0, 1).flatten(1)  # (C, N ...)
    means, spreads, error = drawn.mean(1), drawn.std(1), 1.25 / math.sqrt(drawn.shape[1])
    assert means.abs().max() < 1 + SIGMAS * error
    assert means.std().item() == pytest.approx(1 / math.sqrt(3), abs=SIGMAS * 0.037)  # of 50 units
    assert 1 - SIGMAS * error < spreads.min() < 1.1 and 1.15 < spreads.max() < 1.25 + SIGMAS * error
    standard = (drawn - means[:, None]) / spreads[:, None]
    assert (standard**4).mean().item() == pytest.approx(3, abs=0.1)  # normal, not uniform


def test_noise_is_drawn_anew_in_each_step_and_not_in_evaluation():
    module, x = NormNoise(0.5), torch.zeros(500, 4)
    first, second = module(x).mean(0), module(x).mean(0)
    assert not torch.allclose(first, second, atol=0.1)
    assert torch.equal(module.eval()(x), x)


def block(skip):
    torch.manual_seed(1)
    return ResidualBlock(nn.Sequential(nn.Linear(4, 4)), skip=skip)


X = torch.randn(3, 4, generator=torch.Generator().manual_seed(2))


@pytest.mark.parametrize("skip", [0.25, 0.5, 0.9])
def test_a_block_is_skipped_for_a_whole_batch_as_often_as_asked(skip):
    module = block(skip)
    whole = X + module.branch(X)
    count, skipped = 3000, 0
    for _ in range(count):
        output = module(X)
        is_skipped = torch.equal(output, X)
        assert is_skipped or torch.equal(output, whole)
        skipped += is_skipped
    assert skipped / count == pytest.approx(skip, abs=SIGMAS * math.sqrt(skip * (1 - skip) / count))


@pytest.mark.parametrize("skip", [0.0, 0.25, 0.5])
def test_in_evaluation_the_branch_is_scaled_by_its_survival_once(skip):
    module = block(skip).eval()
    expected = X + (1 - skip) * module.branch(X)
    torch.testing.assert_close(module(X), expected)
    if skip:
        for wrong in (X + module.branch(X), X + (1 - skip) ** 2 * module.branch(X)):
            assert not torch.allclose(module(X), wrong)


def test_relu_blocks_multiply_the_variance_by_three():
    x = np.random.default_rng(0).standard_normal((500, 400))
    torch.manual_seed(0)
    ratios = []
    for _ in range(10):
        first, second = nn.Linear(400, 400, bias=False), nn.Linear(400, 400, bias=False)
        for linear in (first, second):
            nn.init.normal_(linear.weight, std=math.sqrt(2 / 400))
        module = ResidualBlock(nn.Sequential(first, nn.ReLU(), second)).double()
        ratios.append(module(torch.tensor(x)).var().item() / x.var())
    assert np.mean(ratios) == pytest.approx(3, rel=0.05)
