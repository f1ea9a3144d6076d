"""How large a network is said to be, against the network that is built."""

import random

import pytest

from playground.catalog import ACTIVATIONS, ARCHITECTURES, DATASETS, NORMALIZATIONS, PREPROCESSING
from playground.config import Config
from playground.nn.build import build_network
from playground.size import num_layers, num_parameters
from tests.aids.choices import random_values

NUM_RANDOM = 300
LARGEST = {"hidden_sizes": [1000] * 51}


def built(config):
    """Parameters of the network that is built, and its hidden layers."""
    dataset = DATASETS[config.dataset]
    num_inputs = dataset.num_inputs or len(config.features)
    if PREPROCESSING[config.preprocessing].reduces:
        num_inputs = config.num_components or num_inputs
    network = build_network(config, num_inputs, dataset.num_classes or 1)
    return sum(parameter.numel() for parameter in network.parameters()), len(network.layers) - 1


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("normalization", NORMALIZATIONS)
def test_every_kind_of_layer_is_counted(architecture, normalization):
    for activation in ACTIVATIONS:
        config = Config.parse(
            {"dataset": "digits", "architecture": architecture, "normalization": normalization, "conv_channels": [4, 6],
             "hidden_sizes": [8, 8, 6], "residual": True, "activation": activation, "num_groups": 2}
        )  # fmt: skip
        assert (num_parameters(config), num_layers(config)) == built(config)


def test_any_config_is_counted():
    rng = random.Random(0)
    for _ in range(NUM_RANDOM):
        config = Config.salvage(random_values(rng))[0]
        assert (num_parameters(config), num_layers(config)) == built(config), config.changes()


def test_the_largest_network_is_counted_without_building_it():
    config = Config.parse(LARGEST)
    assert num_parameters(config) == (2 * 1000 + 1000) + 50 * (1000 * 1000 + 1000) + (1000 * 2 + 2)
