"""initialize: draws the first weights of a network."""

import torch
from torch import Tensor, nn

from playground.catalog import INITIALIZERS
from playground.catalog.activations import activation_of
from playground.catalog.initializers import Fan
from playground.config import Config
from playground.nn.fresh_statistics import by_the_batch
from playground.nn.network import Network
from playground.registry import resolve

LSUV_ROUNDS = 10
LSUV_TOLERANCE = 0.01  # how far from 1 the standard deviation of a layer may stay


def fan_of(weight: Tensor, gain: float) -> Fan:
    """Fan of a weight (out, in) or (out, in, height, width)."""
    field = weight[0, 0].numel()
    return Fan(fan_in=weight.shape[1] * field, fan_out=weight.shape[0] * field, gain=gain)


@torch.no_grad()
def initialize(network: Network, config: Config, generator: torch.Generator, X: Tensor) -> None:
    """Draw every weight by the chosen initializer, times init_scale; biases start at 0.

    Args:
        X: (N, D) training inputs, for initializers that look at data.
    """
    row = INITIALIZERS[config.initializer]
    gain = activation_of(config).gain if len(network.layers) > 1 else 1.0  # the output has no activation
    for module in network.modules():
        if isinstance(module, (nn.Linear, nn.Conv2d)):
            fan = fan_of(module.weight, gain)
            draw = {**row.arguments(fan), **({"generator": generator} if row.draws else {})}
            resolve(row.target)(module.weight, **draw)
            if module.bias is not None:
                bound = 1 / fan.fan_in**0.5 if row.bias else 0.0
                nn.init.uniform_(module.bias, -bound, bound, generator=generator)
    if row.rescales:
        scale_to_unit_variance(network, X)
    for module in network.modules():
        if isinstance(module, (nn.Linear, nn.Conv2d)):
            module.weight.mul_(config.init_scale)
    if config.zero_init_residual:
        for module in network.branch_ends:
            nn.init.zeros_(module.weight)


@torch.no_grad()
def scale_to_unit_variance(network: Network, X: Tensor) -> None:
    """Scale each affine module in turn until its outputs on X have standard deviation 1.

    Source: Mishkin and Matas, All you need is a good init, 2015, arXiv:1511.06422.
    """
    was_training = network.training
    network.eval()
    with by_the_batch(network):
        for layer in network.layers:
            for affine in layer.affines:
                for _ in range(LSUV_ROUNDS):
                    deviation = _output_std(network, affine, X)
                    if deviation == 0 or abs(deviation - 1) < LSUV_TOLERANCE:
                        break
                    affine.weight.div_(deviation)
    network.train(was_training)


def _output_std(network: Network, affine: nn.Module, X: Tensor) -> float:
    seen: list[Tensor] = []
    handle = affine.register_forward_hook(lambda module, inputs, output: seen.append(output))
    try:
        network(X)
    finally:
        handle.remove()
    return seen[0].std().item()
