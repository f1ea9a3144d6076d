"""Probes: what flows through each layer."""

import math
from itertools import islice

import torch
from torch import Tensor

from playground.catalog.activations import Activation
from playground.nn.network import Network
from playground.train.layer_probe import LayerProbe

Tap = tuple[Tensor | None, Tensor]


@torch.no_grad()
def probe_layers(network: Network, taps: list[Tap], activation: Activation, ratios: list[float]) -> list[LayerProbe]:
    """Probe every layer, with one transfer from the device.

    Args:
        taps: (pre-activation, output) of each layer over many samples, from `Network.tapped`.
        ratios: update ratio of each layer; empty before the first update.
    """
    missing = taps[-1][1].new_full((), math.nan)
    columns = []
    for layer, (before, output) in zip(network.layers, taps, strict=True):
        mean, std = output.mean(), output.std(correction=0)  # together they take less time than torch.std_mean
        dead, saturated = (missing, missing) if before is None else slope_shares(before, activation, missing)
        columns += [mean, std, dead, saturated, weight_grad_norm(layer.weights, missing)]
    values = iter(torch.stack(columns).tolist())
    return [
        _probe(layer.name, [*islice(values, 5), ratio])
        for layer, ratio in zip(network.layers, ratios or [math.nan] * len(network.layers), strict=True)
    ]


def _probe(name: str, row: list[float]) -> LayerProbe:
    mean, std, dead, saturated, grad_norm, ratio = row
    is_finite = math.isfinite(mean)  # after a NaN every comparison is false, so shares would read 0
    return LayerProbe(
        name=name,
        mean=mean,
        std=std,
        dead=None if math.isnan(dead) or not is_finite else dead,
        saturated=None if math.isnan(saturated) or not is_finite else saturated,
        grad_norm=grad_norm,
        update_ratio=None if math.isnan(ratio) else ratio,
    )


def slope_shares(before: Tensor, activation: Activation, missing: Tensor) -> tuple[Tensor, Tensor]:
    """Share of dead units or filters, and of saturated outputs.

    Args:
        before: (N, H) or (N, C, height, width) pre-activations; the samples must be the whole training split for
            "dead" to mean that.
        missing: what stands for "cannot be".
    """
    saturated = missing
    low, high = activation.saturates_below, activation.saturates_above
    if low is not None:
        is_flat = before < low if high is None else (before < low) | (before > high)
        saturated = is_flat.count_nonzero() / is_flat.numel()
    if activation.dies_below is None:
        return missing, saturated
    is_dead = highest_of_each(before) <= activation.dies_below
    return is_dead.count_nonzero() / is_dead.numel(), saturated


def highest_of_each(before: Tensor) -> Tensor:
    """(H,) highest value of each unit of (N, H), or (C,) of each filter of (N, C, height, width) at any position."""
    highest = before.amax(0)
    return highest.flatten(1).amax(1) if highest.dim() > 1 else highest


def weight_grad_norm(weights: list[Tensor], missing: Tensor) -> Tensor:
    """Euclidean norm of the gradients of a layer's weights."""
    grads = [weight.grad for weight in weights if weight.grad is not None]
    if not grads:
        return missing
    return _norm_of_norms(list(torch._foreach_norm(grads)))


class UpdateProbe:
    """Measures how far one update moves the weights of each layer."""

    def __init__(self, network: Network):
        self._layers = [layer.weights for layer in network.layers]
        self._before: list[list[Tensor]] = []

    @torch.no_grad()
    def start(self) -> None:
        """Remember the weights, right before an update."""
        self._before = [[weight.clone() for weight in weights] for weights in self._layers]

    @torch.no_grad()
    def finish(self) -> tuple[list[float], float]:
        """Update ratio of each layer and of all weights together, right after the update; NaN for weights of 0."""
        weights = [weight for layer in self._layers for weight in layer]
        before = [weight for layer in self._before for weight in layer]
        moved = torch._foreach_norm(torch._foreach_sub(weights, before))
        norms = iter(torch.stack([*moved, *torch._foreach_norm(before)]).tolist())
        moves = [math.hypot(*islice(norms, len(layer))) for layer in self._layers]
        sizes = [math.hypot(*islice(norms, len(layer))) for layer in self._layers]
        ratios = [move / size if size else math.nan for move, size in zip(moves, sizes, strict=True)]
        whole = math.hypot(*sizes)
        return ratios, math.hypot(*moves) / whole if whole else math.nan


def _norm_of_norms(norms: list[Tensor]) -> Tensor:
    return norms[0] if len(norms) == 1 else torch.stack(norms).norm()
