"""First weights against the formulas of their distributions."""

import math

import pytest
import torch
from torch import nn

from playground.catalog import ACTIVATIONS, INITIALIZERS
from playground.catalog.initializers import Fan
from playground.nn.build import build_network
from playground.nn.fresh_statistics import evaluating
from playground.nn.initialize import fan_of, initialize
from tests.aids.training import tiny

FAN_IN, FAN_OUT = 300, 200
COUNT = FAN_IN * FAN_OUT
SIGMAS = 5  # of the sampling error; a fixed seed makes the outcome certain
X = torch.randn(400, FAN_IN, generator=torch.Generator().manual_seed(1))
GAIN = ACTIVATIONS["relu"].gain

# Row -> variance of a weight with fan_in 300, fan_out 200 and the gain of ReLU, and the kurtosis E[w^4] / E[w^2]^2.
NORMAL, UNIFORM = 3.0, 1.8
MOMENTS = {
    "small_normal": (0.01**2, NORMAL),
    "large_normal": (1.0, NORMAL),
    "lecun_normal": (1 / 300, NORMAL),
    "xavier_normal": (2 / 500, NORMAL),
    "xavier_uniform": (2 / 500, UNIFORM),
    "xavier_lecture": (1 / 300, NORMAL),
    "kaiming_normal": (2 / 300, NORMAL),
    "kaiming_uniform": (2 / 300, UNIFORM),
    "torch_default": (1 / 900, UNIFORM),
    "orthogonal": (1 / 300, NORMAL),  # 200 orthonormal rows of length 300
}
OTHERWISE = {"zeros", "constant", "lsuv"}  # tested on their own below
WRONG = {  # variances of well-known mistakes
    "xavier_normal": 1 / 300,
    "xavier_lecture": 2 / 500,
    "kaiming_normal": 2 / 200,
    "kaiming_uniform": 2 / 300 / 3,
    "lecun_normal": 1 / 200,
    "torch_default": 1 / 300,
}


def network_of(seed=0, hidden=(FAN_OUT, 2), **fields):
    config = tiny(**{"hidden_sizes": hidden, "activation": "relu", **fields})
    network = build_network(config, FAN_IN, 2)
    initialize(network, config, torch.Generator().manual_seed(seed), X)
    return network


def first_weight(**fields):
    return network_of(**fields).layers[0].weights[0].detach().double()


def has_variance(weight, variance, kurtosis) -> bool:
    """Whether mean and variance agree with the formula within 5 standard errors."""
    mean_error = math.sqrt(variance / COUNT)
    variance_error = variance * math.sqrt((kurtosis - 1) / COUNT)
    return (
        abs(weight.mean().item()) < SIGMAS * mean_error
        and abs(weight.square().mean().item() - variance) < SIGMAS * variance_error
    )


def test_every_row_has_a_formula():
    assert set(MOMENTS) | OTHERWISE == set(INITIALIZERS)


@pytest.mark.parametrize(("name", "moments"), MOMENTS.items(), ids=MOMENTS)
def test_mean_variance_and_shape_follow_the_formula(name, moments):
    variance, kurtosis = moments
    weight = first_weight(initializer=name)
    assert weight.shape == (FAN_OUT, FAN_IN)
    assert has_variance(weight, variance, kurtosis)
    fourth = weight.pow(4).mean() / weight.square().mean() ** 2
    assert fourth.item() == pytest.approx(kurtosis, rel=0.05)


@pytest.mark.parametrize(("name", "variance"), WRONG.items(), ids=WRONG)
def test_the_variance_of_a_known_mistake_is_rejected(name, variance):
    assert not has_variance(first_weight(initializer=name), variance, MOMENTS[name][1])


@pytest.mark.parametrize("name", [name for name, (_, kurtosis) in MOMENTS.items() if kurtosis == UNIFORM])
def test_uniform_weights_reach_their_bound_and_no_further(name):
    bound = math.sqrt(3 * MOMENTS[name][0])
    largest = first_weight(initializer=name).abs().max().item()
    assert 0.999 * bound < largest <= bound * (1 + 1e-6)


def test_zeros_and_constant_are_what_they_say():
    assert (first_weight(initializer="zeros") == 0).all()
    assert (first_weight(initializer="constant") == torch.tensor(0.1).double()).all()


@pytest.mark.parametrize("name", ["xavier_normal", "xavier_uniform", "orthogonal"])
def test_weights_equal_those_of_torch_from_the_same_generator(name):
    weight = torch.empty(FAN_OUT, FAN_IN)
    draw = {
        "xavier_normal": nn.init.xavier_normal_,
        "xavier_uniform": nn.init.xavier_uniform_,
        "orthogonal": nn.init.orthogonal_,
    }[name]
    draw(weight, generator=torch.Generator().manual_seed(3))
    assert torch.equal(first_weight(initializer=name, seed=3), weight.double())


@pytest.mark.parametrize(("name", "draw"), [("kaiming_normal", nn.init.kaiming_normal_),
                                            ("kaiming_uniform", nn.init.kaiming_uniform_)])  # fmt: skip
def test_kaiming_equals_torch_for_relu(name, draw):
    weight = torch.empty(FAN_OUT, FAN_IN)
    draw(weight, nonlinearity="relu", generator=torch.Generator().manual_seed(3))
    torch.testing.assert_close(first_weight(initializer=name, seed=3), weight.double())


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_kaiming_takes_the_gain_of_the_activation(activation):
    weight = first_weight(initializer="kaiming_normal", activation=activation)
    assert weight.std().item() == pytest.approx(ACTIVATIONS[activation].gain / math.sqrt(FAN_IN), rel=0.02)


def test_a_network_without_activations_takes_none():
    network = network_of(hidden=())
    expected = nn.init.normal_(torch.empty(2, FAN_IN), std=FAN_IN**-0.5, generator=torch.Generator().manual_seed(0))
    torch.testing.assert_close(network.layers[0].weights[0].detach(), expected)


def test_orthogonal_weights_stretch_nothing():
    weight = first_weight(initializer="orthogonal")
    torch.testing.assert_close(weight @ weight.T, torch.eye(FAN_OUT).double(), atol=1e-5, rtol=0)


def test_fans_of_a_convolution_count_its_field():
    assert fan_of(torch.empty(32, 16, 3, 3), 2.0) == Fan(fan_in=9 * 16, fan_out=9 * 32, gain=2.0)
    assert fan_of(torch.empty(200, 300), 2.0) == Fan(fan_in=300, fan_out=200, gain=2.0)


@pytest.mark.parametrize("name", INITIALIZERS)
def test_biases_start_at_zero_unless_the_row_says_otherwise(name):
    layer = network_of(initializer=name).layers[0].affines[0]
    bound = 1 / math.sqrt(FAN_IN) if INITIALIZERS[name].bias else 0
    assert 0.9 * bound <= layer.bias.abs().max().item() <= bound


@pytest.mark.parametrize("name", [name for name, row in INITIALIZERS.items() if not row.is_zero])
def test_init_scale_multiplies_every_weight_and_no_bias(name):
    plain, scaled = network_of(initializer=name), network_of(initializer=name, init_scale=3)
    for one, other in zip(plain.layers, scaled.layers, strict=True):
        torch.testing.assert_close(3 * one.weights[0], other.weights[0])
        assert torch.equal(one.affines[0].bias, other.affines[0].bias)


@pytest.mark.parametrize("name", INITIALIZERS)
def test_equal_seeds_give_equal_weights_and_others_differ_where_any_are_drawn(name):
    first, same, other = (network_of(seed=seed, initializer=name).state_dict() for seed in (0, 0, 1))
    assert all(torch.equal(first[key], same[key]) for key in first)
    is_drawn = INITIALIZERS[name].draws
    assert any(not torch.equal(first[key], other[key]) for key in first) == is_drawn


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize(
    "structure", [{}, {"residual": True}, {"normalization": "layer"}, {"normalization": "batch"}], ids=str
)
def test_lsuv_gives_every_affine_map_unit_variance(activation, structure):
    network = network_of(initializer="lsuv", activation=activation, hidden=(20, 20, 10), **structure)
    seen = []
    for layer in network.layers:
        for affine in layer.affines:
            affine.register_forward_hook(lambda module, inputs, output: seen.append(output.std().item()))
    with evaluating(network, X):
        seen.clear()  # what was measured on the way in
        network(X)
    assert seen == pytest.approx([1] * len(seen), abs=0.011)


def test_zero_init_makes_every_residual_block_the_identity():
    network = network_of(hidden=(6, 6, 6), residual=True, zero_init_residual=True).eval()
    with network.tapped() as taps:
        network(X)
    (_, first), (_, second), (_, third), _ = taps
    assert torch.equal(first, second) and torch.equal(second, third)
