"""build_network: which modules a Config gives, and in which order."""

import pytest
import torch
from torch import nn

from playground.catalog import ACTIVATIONS, NORMALIZATIONS, POOLINGS
from playground.nn.build import build_network
from playground.nn.initialize import initialize
from playground.nn.layers import DropConnectLinear, NormNoise, ResidualBlock
from playground.registry import resolve
from tests.aids.training import tiny

X = torch.randn(6, 64, generator=torch.Generator().manual_seed(0))
CONV = {"dataset": "digits", "architecture": "conv", "conv_channels": (4, 6), "hidden_sizes": (8,)}


def built(num_inputs=64, num_outputs=10, **fields):
    return build_network(tiny(**fields), num_inputs, num_outputs)


def kinds(network):
    return [type(part).__name__ for part in network.parts]


def num_parameters(network):
    return sum(parameter.numel() for parameter in network.parameters())


def of_type(network, kind):
    return [module for module in network.modules() if isinstance(module, kind)]


def test_a_dense_network_alternates_affine_activation_and_dropout():
    network = built(hidden_sizes=(8, 4), activation="relu")
    assert kinds(network) == ["Linear", "ReLU", "Dropout", "Linear", "ReLU", "Dropout", "Linear"]
    assert network(X).shape == (6, 10)
    assert [layer.name for layer in network.layers] == ["hidden 1", "hidden 2", "output"]


def test_without_hidden_layers_one_affine_map_is_left():
    assert kinds(built(hidden_sizes=())) == ["Linear"]


@pytest.mark.parametrize("row", [row for row in NORMALIZATIONS.values() if row.target], ids=lambda row: row.name)
def test_normalization_stands_between_affine_map_and_activation(row):
    network = built(hidden_sizes=(8,), normalization=row.name, activation="relu")
    affine, normalization, activation, *_ = network.parts
    assert isinstance(affine, nn.Linear) and isinstance(activation, nn.ReLU)
    assert type(normalization) is type(resolve(row.target)(8, None, 2))
    assert (affine.bias is None) == row.replaces_bias
    assert network.parts[-1].bias is not None


@pytest.mark.parametrize("row", NORMALIZATIONS.values(), ids=NORMALIZATIONS)
def test_noise_stands_between_batch_normalization_and_activation_and_nowhere_else(row):
    network = built(**{**CONV, "hidden_sizes": (8, 8)}, normalization=row.name, residual=True, norm_noise=0.5)
    noises = of_type(network, NormNoise)
    assert len(noises) == (len(network.layers) - 1 if row.mixes_samples else 0)
    assert all(noise.scale == 0.5 for noise in noises)
    if noises:
        assert kinds(network)[1:5] == ["Conv2d", "BatchNorm2d", "NormNoise", "ELU"]


def test_without_noise_there_is_no_module_for_it():
    assert not of_type(built(normalization="batch"), NormNoise)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_follows_every_hidden_layer_but_not_the_output(name):
    network = built(hidden_sizes=(8, 4), activation=name)
    kind = resolve(ACTIVATIONS[name].target)
    assert len(of_type(network, kind)) == 2
    assert isinstance(network.parts[-1], nn.Linear)
    assert type(network.parts[2]) is resolve(ACTIVATIONS[name].dropout)


@pytest.mark.parametrize(("fields", "count"), [
    ({"hidden_sizes": (), "activation": "relu"}, 64 * 100 + 100),
    ({"hidden_sizes": (5,), "activation": "relu"}, 64 * 5 + 5 + 5 * 100 + 100),
    ({"hidden_sizes": (5, 5), "activation": "prelu"}, 64 * 5 + 5 + 5 * 5 + 5 + 5 * 100 + 100 + 2),
    ({"hidden_sizes": (5,), "normalization": "batch"}, 64 * 5 + 2 * 5 + 5 * 100 + 100),
    ({"hidden_sizes": (5,), "normalization": "layer"}, 64 * 5 + 5 + 2 * 5 + 5 * 100 + 100),
    ({"hidden_sizes": (5, 5), "residual": True}, 64 * 5 + 5 + 2 * (5 * 5 + 5) + 5 * 100 + 100),
    (CONV, 4 * 9 + 4 + 6 * 4 * 9 + 6 + 6 * 2 * 2 * 8 + 8 + 8 * 100 + 100),
])  # fmt: skip
def test_the_number_of_parameters_is_that_counted_by_hand(fields, count):
    assert num_parameters(built(num_outputs=100, **fields)) == count


def test_maxout_doubles_the_parameters_of_its_layer():
    layers = built(hidden_sizes=(100,), activation="maxout"), built(hidden_sizes=(100,), activation="relu")
    counts = [sum(p.numel() for p in network.layers[0].affines[0].parameters()) for network in layers]
    assert counts == [13_000, 6_500]


def test_weights_are_shaped_outputs_by_inputs():
    assert built(hidden_sizes=(8,)).layers[0].weights[0].shape == (8, 64)


def test_only_a_layer_as_wide_as_the_one_before_becomes_a_block():
    network = built(hidden_sizes=(64, 8, 8, 4, 4, 8), residual=True)
    assert [isinstance(layer.end, ResidualBlock) for layer in network.layers] == [0, 0, 1, 0, 1, 0, 0]
    assert not of_type(built(hidden_sizes=(8, 8)), ResidualBlock)


@pytest.mark.parametrize("share", [0.0, 0.5, 0.8])
def test_later_blocks_are_skipped_more_up_to_the_chance_asked_for(share):
    network = built(hidden_sizes=(8,) * 5, residual=True, stochastic_depth=share)
    skips = [block.skip for block in of_type(network, ResidualBlock)]
    assert skips == pytest.approx([share * k / 4 for k in (1, 2, 3, 4)])


def test_the_expected_depth_of_54_linearly_skipped_blocks_is_40():
    """Huang et al., 2016: 40 of 54 blocks survive on average, with p_L = 0.5."""
    network = built(hidden_sizes=(2,) * 51, residual=True, stochastic_depth=0.5)
    survivals = [1 - block.skip for block in of_type(network, ResidualBlock)]
    assert sum(survivals) == pytest.approx(50 - 0.5 * 51 / 2)
    assert sum(1 - 0.5 * k / 54 for k in range(1, 55)) == pytest.approx(40.25)


def test_drop_connect_is_in_hidden_layers_and_not_in_the_output():
    network = built(hidden_sizes=(8, 8), dropconnect=0.3)
    assert [module.p for module in of_type(network, DropConnectLinear)] == [0.3, 0.3]
    assert type(network.parts[-1]) is nn.Linear


def test_convolutions_keep_the_size_and_pooling_halves_it():
    network = built(**CONV, activation="relu")
    expected = ["Unflatten", "Conv2d", "ReLU", "MaxPool2d", "Conv2d", "ReLU", "MaxPool2d", "Flatten", "Linear"]
    assert kinds(network)[:9] == expected
    with network.tapped() as taps:
        network(X)
    assert [tuple(output.shape) for _, output in taps] == [(6, 4, 8, 8), (6, 6, 4, 4), (6, 8), (6, 10)]


@pytest.mark.parametrize("name", NORMALIZATIONS)
@pytest.mark.parametrize("pooling", POOLINGS)
@pytest.mark.parametrize("activation", ["relu", "maxout"])
def test_three_convolutions_fit_every_pooling_and_normalization(name, pooling, activation):
    fields = CONV | {"conv_channels": (2, 4, 2), "hidden_sizes": (4,)}
    network = built(**fields, normalization=name, pooling=pooling, activation=activation)
    assert network(X).shape == (6, 10)


@pytest.mark.parametrize("row", POOLINGS.values(), ids=lambda row: row.name)
def test_the_size_that_a_pooling_states_is_the_size_that_comes_out(row):
    for height, width in ((8, 8), (7, 5), (2, 2)):
        size = (row.side_after(height), row.side_after(width))
        assert resolve(row.target)(size)(torch.randn(2, 3, height, width)).shape[2:] == size


@pytest.mark.parametrize("activation", ["relu", "selu"])
def test_dropout_can_be_switched_on_and_off_again(activation):
    network = built(hidden_sizes=(8, 8), activation=activation).train()
    plain = network(X)
    network.set_dropout(0.5)
    assert not torch.equal(network(X), plain)
    assert torch.equal(network.eval()(X), plain)
    network.train().set_dropout(0.0)
    assert torch.equal(network(X), plain)


def test_taps_give_what_goes_into_the_activation_and_what_comes_out_of_the_layer():
    config = tiny(hidden_sizes=(8, 8), residual=True, normalization="layer", activation="relu")
    network = build_network(config, 64, 10).eval()
    initialize(network, config, torch.Generator().manual_seed(0), X)
    with network.tapped() as taps:
        outputs = network(X)
    first = network.parts[1](network.parts[0](X))
    torch.testing.assert_close(taps[0][0], first)
    torch.testing.assert_close(taps[0][1], first.relu())
    branch = network.layers[1].end.branch
    torch.testing.assert_close(taps[1][0], branch[1](branch[0](first.relu())))
    torch.testing.assert_close(taps[1][1], first.relu() + branch(first.relu()))
    assert taps[2][0] is None
    assert torch.equal(taps[2][1], outputs)


def test_nothing_is_tapped_afterwards():
    network = built(hidden_sizes=(8,))
    with network.tapped() as taps:
        pass
    network(X)
    assert taps[0][1] is None
