"""Penalties on weights: by the step that trains, and L1 by its subgradient, which makes no exact zeros."""

import numpy as np
import torch

from playground.config import Config
from playground.train.trainer import RUNNING, Trainer

L2, L1, BOTH, SUBGRADIENT = KINDS = ("l2", "l1", "both", "subgradient")
NEARLY = 1e-3  # size below which a weight is next to nothing


class PenalizedTraining:
    """One run under one penalty.

    Args:
        kind: "l2" and "l1" as the Config's fields do it, "both" with one strength for each, or "subgradient": L1 as
            strength * sign(w) added to the gradient of the loss.
        strength: what each penalty is multiplied by.
    """

    def __init__(self, config: Config, kind: str, strength: float):
        fields = {"weight_decay": strength * (kind in (L2, BOTH)), "l1": strength * (kind in (L1, BOTH))}
        self.trainer = Trainer(config.replace(**fields))
        if kind == SUBGRADIENT:
            self.trainer.optimizer.register_step_pre_hook(lambda *_: add_subgradient(self._weights(), strength))

    @property
    def has_ended(self) -> bool:
        return self.trainer.status != RUNNING

    @property
    def fraction(self) -> float:
        return 1.0 if self.has_ended else self.trainer.step / self.trainer.total_steps

    def advance(self) -> None:
        """One update. Call it inside the trainer's `own_randomness`."""
        self.trainer.advance()

    def weights(self) -> np.ndarray:
        """(W,) every weight that a penalty acts on."""
        return torch.cat([weight.detach().flatten() for weight in self._weights()]).cpu().numpy()

    def _weights(self) -> list[torch.Tensor]:
        return [weight for layer in self.trainer.network.layers for weight in layer.weights]


@torch.no_grad()
def add_subgradient(weights: list[torch.Tensor], strength: float) -> None:
    """The penalty's slope on top of the loss's: steps along it jump over 0, again and again, and never stay there."""
    for weight in weights:
        weight.grad.add_(weight.sign(), alpha=strength)


def share_of_zeros(weights: np.ndarray, below: float = 0.0) -> float:
    """Share of weights that are exactly 0, or at most `below` in size."""
    return float((np.abs(weights) <= below).mean())
