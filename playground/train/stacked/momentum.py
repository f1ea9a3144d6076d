"""Optimizers with a momentum of its own for each network, which torch.optim has no place for.

Each takes gradients (K, P) and returns what to add to the parameters at learning rate 1. They are torch.optim's SGD
and Adam without weight decay, with columns (K, 1) in place of the numbers, and tested against these.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor


class Velocity:
    """v <- rho v + g, update -v; with Nesterov's look ahead -(g + rho v)."""

    def __init__(self, arguments: Sequence[Mapping[str, Any]], like: Tensor):
        self._looks_ahead = any(looks_ahead for _, looks_ahead in (_of_sgd(**each) for each in arguments))
        self._velocity = torch.zeros_like(like)
        self.set(arguments)

    def set(self, arguments: Sequence[Mapping[str, Any]]) -> None:
        """Go on with other momenta."""
        self._rho = _column(self._velocity, [_of_sgd(**each)[0] for each in arguments]).float()

    def keep(self, rows: Sequence[int]) -> None:
        """Go on with these networks only."""
        self._velocity, self._rho = self._velocity[rows], self._rho[rows]

    def update(self, gradient: Tensor) -> Tensor:
        """(K, P), added at learning rate 1."""
        self._velocity.mul_(self._rho).add_(gradient)
        return -(gradient + self._rho * self._velocity) if self._looks_ahead else -self._velocity


class Moments:
    """m <- beta1 m + (1 - beta1) g, s <- beta2 s + (1 - beta2) g^2, update -m_hat / (sqrt(s_hat) + epsilon)."""

    def __init__(self, arguments: Sequence[Mapping[str, Any]], like: Tensor):
        self._mean, self._square = torch.zeros_like(like), torch.zeros_like(like)
        self._step = 0
        self.set(arguments)

    def set(self, arguments: Sequence[Mapping[str, Any]]) -> None:
        """Go on with other betas and epsilons."""
        self._beta1, self._beta2 = (
            _column(self._mean, betas) for betas in zip(*(each["betas"] for each in arguments), strict=True)
        )
        self._epsilon = _column(self._mean, [each["eps"] for each in arguments]).float()

    def keep(self, rows: Sequence[int]) -> None:
        """Go on with these networks only."""
        self._mean, self._square = self._mean[rows], self._square[rows]
        self._beta1, self._beta2, self._epsilon = self._beta1[rows], self._beta2[rows], self._epsilon[rows]

    def update(self, gradient: Tensor) -> Tensor:
        """(K, P), added at learning rate 1."""
        self._step += 1
        share, square_share = (1 - self._beta1).float(), (1 - self._beta2).float()
        self._mean.lerp_(gradient, share)
        self._square.mul_(self._beta2.float()).addcmul_(gradient * square_share, gradient)
        length = (1 / (1 - self._beta1**self._step)).float()
        scale = torch.sqrt(1 - self._beta2**self._step).float()
        return -length * self._mean / (self._square.sqrt() / scale).add_(self._epsilon)


def _of_sgd(*, momentum: float, nesterov: bool = False) -> tuple[float, bool]:
    """torch.optim.SGD's arguments in an order."""
    return momentum, nesterov


def _column(like: Tensor, values: Sequence[float]) -> Tensor:
    return torch.tensor(values, dtype=torch.float64, device=like.device).unsqueeze(1)
