"""An activation as a function of one number: its values, slopes, mean output and cost, by the row's own class."""

import math
import time
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from playground.catalog.activations import Activation
from playground.registry import resolve

TAIL = 12  # standard deviations; beyond them lies 1e-32 of the normal distribution
NODES = 24  # of Gauss-Legendre quadrature in each panel of width 1 or less
TOUCH = 2.0  # maxout's lines touch a parabola z^2 / 4 at places from -TOUCH to TOUCH

ELEMENTS = 32_768  # outputs of one timed call: small enough for the processor's own memory
ROUNDS = 9  # the shortest counts: whatever else the machine does only makes a call longer
NANO = 1e9


def build(row: Activation) -> nn.Module:
    return resolve(row.target)(**row.arguments)


def lines(row: Activation) -> np.ndarray:
    """(K, 2) slope and intercept of what each of the row's K pieces gets from the number z; z itself for one piece.

    Several are tangents of z^2 / 4, so that their upper envelope comes nearer to it with every piece.
    """
    if row.pieces == 1:
        return np.array([[1.0, 0.0]])
    touch = np.linspace(-TOUCH, TOUCH, row.pieces)
    return np.stack([touch / 2, -(touch**2) / 4], axis=1)


def values_and_slopes(row: Activation, z: np.ndarray, pieces: np.ndarray | None = None) -> tuple[np.ndarray, ...]:
    """f(z) and f'(z) by autograd, each (N,) float64.

    Args:
        z: (N,).
        pieces: (K, 2) as `lines` gives them, which is also the default.
    """
    weight, bias = torch.from_numpy(lines(row) if pieces is None else pieces).double().unbind(1)
    variable = torch.from_numpy(np.asarray(z, dtype=float)).clone().requires_grad_()
    after = build(row).double()(variable[:, None] * weight + bias)[:, 0]
    (slope,) = torch.autograd.grad(after.sum(), variable)
    return after.detach().numpy(), slope.numpy()


def kinks(row: Activation) -> np.ndarray:
    """Where the function may bend sharply: at 0, and where two neighbouring tangents of a parabola meet."""
    if row.pieces == 1:
        return np.zeros(1)
    touch = np.linspace(-TOUCH, TOUCH, row.pieces)
    return (touch[1:] + touch[:-1]) / 2


def mean_output(row: Activation) -> float:
    """E[f(z)] for z ~ N(0, 1), by Gauss-Legendre quadrature in panels that end at every kink."""
    points, weights = np.polynomial.legendre.leggauss(NODES)
    ends = np.unique(np.concatenate([np.arange(-TAIL, TAIL + 1), kinks(row)]))
    halves = np.diff(ends)[:, None] / 2
    z = (ends[:-1, None] + halves * (1 + points)).ravel()
    density = (halves * weights).ravel() * np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    return float(density @ values_and_slopes(row, z)[0])


def largest_difference(row: Activation, other: Activation, z: np.ndarray, pieces: np.ndarray) -> float:
    """Largest |f(z) - g(z)| over the places z, where f gets `pieces` and g gets z."""
    return float(np.abs(values_and_slopes(row, z, pieces)[0] - values_and_slopes(other, z)[0]).max())


def squeezed(values: np.ndarray) -> np.ndarray:
    """From (-1, 1) into (0, 1)."""
    return (values + 1) / 2


def parameters_per_unit(row: Activation, num_inputs: int, num_units: int) -> float:
    """Weights, biases and parameters of the activation itself, for each unit of a layer."""
    own = sum(parameter.numel() for parameter in build(row).parameters())
    return row.pieces * (num_inputs + 1) + own / num_units


def costs(rows: Sequence[Activation], num_inputs: int) -> tuple[list[float], float]:
    """Measured nanoseconds for each output, forward and back: of each activation, and of a linear unit.

    All take turns, so that a busy moment of the machine hits them alike, and the shortest of ROUNDS counts.

    Args:
        num_inputs: of the linear unit.
    """
    generator = torch.Generator().manual_seed(0)
    calls = [(build(row), torch.randn(ELEMENTS, row.pieces, generator=generator)) for row in rows]
    layer = nn.Linear(num_inputs, 128)
    calls.append((layer, torch.randn(ELEMENTS // 128, num_inputs, generator=generator)))
    best = [math.inf] * len(calls)
    for _ in range(ROUNDS):
        for index, (module, inputs) in enumerate(calls):
            best[index] = min(best[index], _seconds(module, inputs.requires_grad_()))
    *activations, linear = [seconds / ELEMENTS * NANO for seconds in best]
    return activations, linear


def _seconds(module: nn.Module, inputs: Tensor) -> float:
    """Time of one call, forward and back."""
    module.zero_grad()
    inputs.grad = None
    started = time.perf_counter()
    outputs = module(inputs)
    outputs.backward(torch.ones_like(outputs))
    return time.perf_counter() - started
