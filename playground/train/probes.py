"""Probes: what flows through each layer."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from playground.catalog.activations import Activation
from playground.nn.network import Network

Tap = tuple[Tensor | None, Tensor]


@dataclass(frozen=True)
class LayerProbe:
    """Numbers of one layer; None where the idea does not apply.

    Args:
        mean, std: of the layer's output over all samples and units.
        dead: share of units whose slope is 0 for every sample.
        saturated: share of (sample, unit) pairs whose slope is below 5 % of the steepest.
        grad_norm: Euclidean norm of the loss gradient of the weights.
        update_ratio: norm of the last update of the weights over the norm of the weights before it.
    """

    name: str
    mean: float
    std: float
    dead: float | None
    saturated: float | None
    grad_norm: float
    update_ratio: float | None


@torch.no_grad()
def probe_layers(network: Network, taps: list[Tap], activation: Activation, ratios: list[Tensor]) -> list[LayerProbe]:
    """Probe every layer, with one transfer from the device.

    Args:
        taps: (pre-activation, output) of each layer over many samples, from `Network.tapped`.
        ratios: update ratio of each layer; empty before the first update.
    """
    rows = []
    for index, (layer, (before, output)) in enumerate(zip(network.layers, taps, strict=True)):
        std, mean = torch.std_mean(output, correction=0)
        missing = torch.full_like(mean, math.nan)
        dead, saturated = (missing, missing) if before is None else slope_shares(before, activation, missing)
        ratio = ratios[index] if ratios else missing
        rows.append(torch.stack([mean, std, dead, saturated, weight_grad_norm(layer.weights, missing), ratio]))
    values = torch.stack(rows).tolist()
    return [_probe(layer.name, row) for layer, row in zip(network.layers, values, strict=True)]


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
    """Share of dead units and of saturated (sample, unit) pairs.

    Args:
        before: (N, H) or (N, C, height, width) pre-activations; the samples must be the whole training split for
            "dead" to mean that.
        missing: what stands for "cannot be".
    """
    saturated = missing
    low, high = activation.saturates_below, activation.saturates_above
    if low is not None:
        is_flat = before < low if high is None else (before < low) | (before > high)
        saturated = is_flat.to(before.dtype).mean()
    if activation.dies_below is None:
        return missing, saturated
    return (before.amax(0) <= activation.dies_below).to(before.dtype).mean(), saturated


def weight_grad_norm(weights: list[Tensor], missing: Tensor) -> Tensor:
    """Euclidean norm of the gradients of a layer's weights."""
    grads = [weight.grad for weight in weights if weight.grad is not None]
    if not grads:
        return missing
    return grads[0].norm() if len(grads) == 1 else torch.stack([grad.norm() for grad in grads]).norm()


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
    def finish(self) -> tuple[list[Tensor], Tensor]:
        """Update ratio of each layer and of all weights together, right after the update."""
        moved, sizes = [], []
        for weights, before in zip(self._layers, self._before, strict=True):
            moved.append(_norm([w - b for w, b in zip(weights, before, strict=True)]))
            sizes.append(_norm(before))
        moved_all, sizes_all = torch.stack(moved), torch.stack(sizes)
        return list((moved_all / sizes_all).unbind()), moved_all.norm() / sizes_all.norm()


def _norm(tensors: list[Tensor]) -> Tensor:
    return tensors[0].norm() if len(tensors) == 1 else torch.stack([tensor.norm() for tensor in tensors]).norm()
