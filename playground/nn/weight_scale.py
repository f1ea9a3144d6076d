"""A layer whose weights are multiplied by a number: what comes out of it, and the gradient of its weights."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from playground.catalog import NORMALIZATIONS
from playground.registry import resolve
from playground.seeds import stream_seed

NUM_INPUTS, NUM_UNITS, NUM_CLASSES = 20, 12, 4
GROUPS = 4  # of units, for normalizations that take groups


@dataclass(frozen=True)
class Seen:
    """What one normalization makes of weights a W.

    Args:
        output_change: largest |f(a W x) - f(W x)|.
        output_change_expected: the same by the closed form, f with epsilon / a^2 at W.
        gradient_ratio: norm of the loss gradient with respect to the weights at a W, over that at W.
        gradient_error: largest difference between a times the gradient at a W and the gradient at W with epsilon / a^2,
            over the largest entry of the latter; NaN without a normalization.
        alignment: |<W, gradient>| / (|W| |gradient|) at a W; 0 where the gradient cannot change the length of W.
    """

    output_change: float
    output_change_expected: float
    gradient_ratio: float
    gradient_error: float
    alignment: float


class ScaledLayer:
    """f(a W x) = ReLU(norm(a W x)), then fixed readout weights and cross-entropy on random classes; in float64.

    Args:
        normalization: key of its row.
        epsilon: of the normalization, above 0.
    """

    def __init__(self, normalization: str, *, batch_size: int, epsilon: float, seed: int):
        generator = torch.Generator().manual_seed(stream_seed(seed, "weights"))
        draw = {"generator": generator, "dtype": torch.float64}
        self.W = torch.randn(NUM_UNITS, NUM_INPUTS, **draw) / math.sqrt(NUM_INPUTS)
        self.readout = torch.randn(NUM_CLASSES, NUM_UNITS, **draw) / math.sqrt(NUM_UNITS)
        self.X = torch.randn(batch_size, NUM_INPUTS, **draw)
        self.y = torch.randint(NUM_CLASSES, (batch_size,), generator=generator)
        self._row, self._epsilon = NORMALIZATIONS[normalization], epsilon
        self._is_normalized = bool(self._row.target)

    def normalized(self, a: float, epsilon: float) -> Tensor:
        """(N, H) norm(a W x)."""
        return self._forward(a * self.W, epsilon).detach()

    def gradient(self, a: float, epsilon: float) -> Tensor:
        """(H, D) gradient of the loss with respect to the weights, at a W."""
        W = (a * self.W).requires_grad_()
        outputs = F.relu(self._forward(W, epsilon)) @ self.readout.T
        return torch.autograd.grad(F.cross_entropy(outputs, self.y), W)[0]

    def at(self, a: float) -> Seen:
        """Everything of one factor, measured, and by the closed form where there is one."""
        epsilon = self._epsilon
        before, gradient_before = self.normalized(1.0, epsilon), self.gradient(1.0, epsilon)
        gradient, W = self.gradient(a, epsilon), a * self.W
        expected, error = (a - 1) * before, math.nan
        if self._is_normalized:
            expected = self.normalized(1.0, epsilon / a**2) - before
            gradient_expected = self.gradient(1.0, epsilon / a**2)
            error = ((a * gradient - gradient_expected).abs().max() / gradient_expected.abs().max()).item()
        return Seen(
            output_change=(self.normalized(a, epsilon) - before).abs().max().item(),
            output_change_expected=expected.abs().max().item(),
            gradient_ratio=(gradient.norm() / gradient_before.norm()).item(),
            gradient_error=error,
            alignment=((W * gradient).sum().abs() / (W.norm() * gradient.norm())).item(),
        )

    def _forward(self, W: Tensor, epsilon: float) -> Tensor:
        z = self.X @ W.T
        if not self._is_normalized:
            return z
        module = resolve(self._row.target)(NUM_UNITS, None, GROUPS).double().train()
        for part in module.modules():
            if hasattr(part, "eps"):
                part.eps = epsilon
        return module(z)
