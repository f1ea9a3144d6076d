"""Which layer of a network was the first with numbers that are not finite."""

import math
from collections.abc import Iterable

import torch
from torch import Tensor

from playground.nn.fresh_statistics import evaluating
from playground.nn.network import Network


@torch.no_grad()
def overflowing_layer(network: Network, X: Tensor) -> str:
    """Name of the first layer whose output for X (N, D) is not finite; of the last one where all are."""
    with evaluating(network, X), network.tapped() as taps:
        network(X)
    names = [layer.name for layer, (_, output) in zip(network.layers, taps, strict=True) if not is_finite(output)]
    return names[0] if names else network.layers[-1].name


def overflowing_gradient(network: Network) -> str:
    """Name of the first layer on the way back whose gradient has no finite norm; of the longest where each has."""
    norms = {layer.name: _norm(weight.grad for weight in layer.weights) for layer in reversed(network.layers)}
    return next((name for name, norm in norms.items() if not math.isfinite(norm)), max(norms, key=norms.__getitem__))


def is_finite(values: Tensor) -> bool:
    """Whether all values are."""
    return bool(torch.isfinite(values).all())


def _norm(grads: Iterable[Tensor | None]) -> float:
    """Euclidean norm of these gradients together; 0 where there are none, as of a block that was skipped."""
    return math.hypot(*(grad.norm().item() for grad in grads if grad is not None))
