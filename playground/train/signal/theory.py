"""Infinite-width theory: what every layer of a very wide network carries before training."""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
import torch
from torch import Tensor

from playground.catalog import INITIALIZERS
from playground.catalog.activations import Activation, activation_of
from playground.config import Config
from playground.nn.initialize import fan_of
from playground.nn.network import LayerParts, Network
from playground.registry import resolve

NODES = 64  # of Gauss-Legendre quadrature in each of four panels
TAIL = 10.0  # standard deviations; beyond them lies 1e-23 of the normal distribution
BEND = 20.0  # every activation has its bends at |z| below this
MAX_LENGTHS = 32  # samples of different length that stand for all


@dataclass(frozen=True)
class Expected:
    """What theory says of one layer.

    Args:
        mean, std: of the layer's outputs over samples and units.
        gradient: standard deviation of the loss gradient of the outputs, as a multiple of the last layer's.
    """

    name: str
    mean: float
    std: float
    gradient: float


def gaussian_moments(activation: Activation, variance: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Mean E[f(z)], mean square E[f(z)^2] and mean squared slope E[f'(z)^2] for z ~ N(0, variance), each (K,).

    Gauss-Legendre quadrature in panels that end at 0, where some activations have a kink, and where they level off.

    Args:
        variance: (K,).
    """
    scale = variance.double().clamp(min=0).sqrt()[:, None]
    points, weights = _quadrature()
    inner = (BEND / scale).clamp(max=TAIL)
    outer = torch.full_like(inner, TAIL)
    ends = torch.cat([-outer, -inner, torch.zeros_like(inner), inner, outer], dim=1)
    halves = ends.diff(dim=1)[..., None] / 2  # (K, 4, 1)
    z = (ends[:, :-1, None] + halves * (1 + points)).flatten(1)
    density = (halves * weights).flatten(1) * torch.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    # The largest of k pieces has this density; one piece is the plain normal one.
    density = density * activation.pieces * torch.special.ndtr(z) ** (activation.pieces - 1)
    with torch.enable_grad():
        before = (scale * z).requires_grad_()
        module = resolve(activation.target)(**activation.arguments).double()
        after = module(before.reshape(-1, 1).expand(-1, activation.pieces)).reshape(z.shape)
        (slope,) = torch.autograd.grad(after.sum(), before)
    after = after.detach()
    mean, square, slopes = ((density * values).sum(1) for values in (after, after**2, slope**2))
    return mean, square, slopes / activation.pieces


@cache
def _quadrature() -> tuple[Tensor, Tensor]:
    """Points in [-1, 1] and their weights, each (NODES,)."""
    points, weights = np.polynomial.legendre.leggauss(NODES)
    return torch.from_numpy(points), torch.from_numpy(weights)


def expected_layers(network: Network, config: Config, X: Tensor | None) -> list[Expected]:
    """The variance map forward, its counterpart backward, layer by layer; hidden layers only.

    Forward, with q the mean square that a unit receives: q_1 = s^2 E[x^2], q_{l+1} = s^2 E[f(sqrt(q_l) z)^2] + b^2,
    where s^2 = fan_in Var(W) and b^2 = Var(bias). Backward: g_l = fan_out Var(W) E[f'(sqrt(q_{l+1}) z)^2] g_{l+1}.
    A residual block adds its branch to what it receives, forward and back.

    Args:
        X: (N, D) inputs; None for standard normal ones.

    Source: Poole et al., Exponential expressivity in deep neural networks through transient chaos, 2016,
    arXiv:1606.05340; Schoenholz et al., Deep information propagation, 2016, arXiv:1611.01232.
    """
    square = torch.ones(1, dtype=torch.double) if X is None else typical_squares(X)
    mean = torch.zeros_like(square)
    rows, steps = [], []
    for layer in network.layers[:-1]:
        mean, square, step = _through(layer, config, mean, square)
        rows.append((mean.mean().item(), square.mean().item()))
        steps.append(step)
    back = torch.ones_like(square)
    gradients = [1.0]
    for step in steps[:0:-1]:
        back = back * step
        gradients.insert(0, back.mean().sqrt().item())
    return [
        Expected(layer.name, mean, math.sqrt(max(square - mean**2, 0)) if math.isfinite(square) else square, gradient)
        for layer, (mean, square), gradient in zip(network.layers, rows, gradients, strict=False)
    ]


def typical_squares(X: Tensor) -> Tensor:
    """(K,) mean squared input of samples that stand for all: evenly spread from the shortest to the longest."""
    squares = X.double().cpu().square().mean(1).sort().values
    number = min(len(squares), MAX_LENGTHS)
    return squares[((torch.arange(number) + 0.5) * len(squares) / number).long()]


def _through(layer: LayerParts, config: Config, mean: Tensor, square: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Mean and mean square of a layer's outputs, and what gradients are multiplied by on the way back, squared."""
    activation = activation_of(config)
    forward, backward, bias = _factors(layer.weights[0], config)
    unit_mean, unit_square, slope = gaussian_moments(activation, forward * square + bias)
    step = backward * slope
    if len(layer.weights) == 1:
        return unit_mean, unit_square, step
    forward, backward, bias = (0.0, 0.0, 0.0) if config.zero_init_residual else _factors(layer.weights[1], config)
    return mean, square + forward * unit_square + bias, 1 + backward * step


def _factors(weight: Tensor, config: Config) -> tuple[float, float, float]:
    """fan_in Var(W), fan_out Var(W) and Var(bias)."""
    row = INITIALIZERS[config.initializer]
    fan = fan_of(weight, activation_of(config).gain)
    variance = row.variance(fan) * config.init_scale**2  # type: ignore[misc]
    return fan.fan_in * variance, fan.fan_out * variance, 1 / (3 * fan.fan_in) if row.bias else 0.0
