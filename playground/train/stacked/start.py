"""The networks of a stacked training before the first update: each as its ordinary run would start."""

from collections.abc import Sequence

import torch
from torch import Tensor

from playground.config import Config
from playground.fields import SPECS
from playground.nn.build import build_network
from playground.nn.initialize import initialize
from playground.nn.losses import build_training_loss
from playground.nn.network import Network
from playground.seeds import stream_seed
from playground.spec import NETWORK
from playground.train.evaluate import start_gradient
from playground.train.stacked.data import StackedData, data_key
from playground.train.stacked.network import StackedNetwork, row_of

NETWORK_FIELDS = tuple(name for name, spec in SPECS.items() if spec.group == NETWORK)


def start_rows(configs: Sequence[Config], data: StackedData) -> tuple[Network, Tensor]:
    """An ordinary network of the shape, and (K, P) the first parameters of each; equal starts are drawn once."""
    rows: dict[tuple[object, ...], Tensor] = {}
    network = build_network(configs[0], data.num_inputs, data.num_outputs)
    keys = [_start_key(config) for config in configs]
    for key, config in zip(keys, configs, strict=True):
        if key not in rows:
            network = build_network(config, data.num_inputs, data.num_outputs)
            weights = torch.Generator().manual_seed(stream_seed(config.seed, "weights"))
            initialize(network, config, weights, data.of(config).train.X.cpu())
            rows[key] = row_of(network)
    return network, torch.stack([rows[key] for key in keys])


def gradients_one_by_one(configs: Sequence[Config], data: StackedData, network: StackedNetwork) -> Tensor:
    """(K, P) gradient of each network's training loss, where it goes through statistics over the whole split.

    Blocks of the split, which are enough without them, would each have their own.
    """
    ordinary = build_network(configs[0], data.num_inputs, data.num_outputs).to(network.flat.device)
    parameters = dict(ordinary.named_parameters())
    keys = [(*_start_key(config), config.class_weights, config.label_smoothing) for config in configs]
    rows: dict[tuple[object, ...], Tensor] = {}
    for key, config, row in zip(keys, configs, network.flat, strict=True):
        if key not in rows:
            train = data.of(config).train
            for name, value in network.named(row).items():
                parameters[name].grad = None
                parameters[name].detach().copy_(value)
            loss = build_training_loss(config, train.y, data.num_outputs)
            start_gradient(ordinary, train, loss, config.label_smoothing)
            rows[key] = row_of(ordinary, lambda parameter: parameter.grad)
    found = torch.stack([rows[key] for key in keys])
    return torch.nn.functional.pad(found, (0, network.flat.shape[1] - found.shape[1]))


def _start_key(config: Config) -> tuple[object, ...]:
    """Equal for Configs whose networks start equal."""
    return (*data_key(config), *(getattr(config, name) for name in NETWORK_FIELDS))
