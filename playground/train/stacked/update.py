"""StackedUpdate: one step of the optimizer for all networks, each with its own learning rate and penalties.

torch.optim moves parameters by -lr * d, with a direction d that depends on the gradients alone once the weight decay is
taken out. So it is given zeros in place of the parameters and a learning rate of 1, and what it makes of them is -d,
without rounding; each network adds that times its own rate. L2 enters the gradient before, decoupled decay and L1 act
on the weights themselves.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from playground.catalog import OPTIMIZERS
from playground.config import Config
from playground.registry import resolve
from playground.train.optimizer import CLIP_EPSILON, fastest_form
from playground.train.stacked.momentum import Moments, Velocity


class TorchDirection:
    """torch.optim's class, with numbers that all networks share."""

    def __init__(self, config: Config, like: Tensor):
        row = OPTIMIZERS[config.optimizer]
        self._zeros = torch.zeros_like(like)
        self._optimizer = resolve(row.target)(
            [self._zeros], lr=1.0, weight_decay=0.0, **row.arguments(config), **fastest_form(config)
        )

    def set(self, arguments: Sequence[Mapping[str, Any]]) -> None:
        """Go on with another momentum."""
        self._optimizer.param_groups[0].update(arguments[0])

    def keep(self, rows: Sequence[int]) -> None:
        """Go on with these networks only."""
        state = self._optimizer.state.pop(self._zeros, {})
        for name, value in state.items():
            if isinstance(value, Tensor) and value.shape == self._zeros.shape:
                state[name] = value[rows]
        self._zeros = self._zeros[rows]
        self._optimizer.param_groups[0]["params"] = [self._zeros]
        if state:
            self._optimizer.state[self._zeros] = state

    def update(self, gradient: Tensor) -> Tensor:
        """(K, P), added at learning rate 1."""
        self._zeros.zero_()
        self._zeros.grad = gradient
        self._optimizer.step()
        return self._zeros


class StackedUpdate:
    """Clip, decay, step and shrink the parameters (K, P) of K networks.

    Args:
        flat: (K, P), the first num_weights columns decay.
    """

    def __init__(self, configs: Sequence[Config], flat: Tensor, num_weights: int):
        self._row = OPTIMIZERS[configs[0].optimizer]
        self._num_weights, self._device = num_weights, flat.device
        arguments = [self._row.arguments(config) for config in configs]
        if all(each == arguments[0] for each in arguments):
            self._direction: TorchDirection | Velocity | Moments = TorchDirection(configs[0], flat)
        else:
            self._direction = (Moments if "betas" in arguments[0] else Velocity)(arguments, flat)
        self.follow(configs)

    def follow(self, configs: Sequence[Config]) -> None:
        """Go on with other values of live fields."""
        self._decay = self._column([config.weight_decay for config in configs])
        self._l1 = self._column([config.l1 for config in configs])
        self._clip = self._column([config.grad_clip or torch.inf for config in configs])
        self._has_decay = any(config.weight_decay for config in configs)
        self._has_l1 = any(config.l1 for config in configs)
        self._has_clip = any(config.grad_clip for config in configs)
        self._direction.set([self._row.arguments(config) for config in configs])

    def keep(self, rows: Sequence[int]) -> None:
        """Go on with these networks only."""
        self._decay, self._l1, self._clip = self._decay[rows], self._l1[rows], self._clip[rows]
        self._direction.keep(rows)

    @torch.no_grad()
    def step(self, flat: Tensor, gradient: Tensor, rates: Tensor) -> Tensor | None:
        """Move the parameters in place; the gradient stays as it is, for the record.

        Args:
            rates: (K, 1) learning rates.

        Returns:
            (K,) norms of the gradients before they were clipped; None where nothing is clipped.
        """
        norms = None
        if self._has_clip:
            norms = gradient.norm(dim=1)
            gradient = gradient * (self._clip / (norms.unsqueeze(1) + CLIP_EPSILON)).clamp_(max=1)
        pull = gradient
        if self._has_decay and self._row.decouples_decay:
            flat[:, : self._num_weights].mul_(1 - rates * self._decay)
        elif self._has_decay:
            pull = gradient.clone()
            pull[:, : self._num_weights].addcmul_(flat[:, : self._num_weights], self._decay)
        flat.addcmul_(self._direction.update(pull), rates)
        if self._has_l1:
            weights, threshold = flat[:, : self._num_weights], rates * self._l1
            weights.copy_(weights.sign() * weights.abs().sub_(threshold).clamp_(min=0))
        return norms if norms is None else norms.where(self._clip.squeeze(1).isfinite(), 0.0)

    def _column(self, values: Sequence[float]) -> Tensor:
        return torch.tensor(values, device=self._device).unsqueeze(1)
