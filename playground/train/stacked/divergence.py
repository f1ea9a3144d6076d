"""StackedDivergence: sees which networks of a stack have diverged, at which step and in which layer."""

import math
from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from playground.train.ending import gradient_trouble, highest_loss, trouble

LayerOf = Callable[[int], str]  # row of a network that has overflowed -> name of the layer where it began


class StackedDivergence:
    """What `DivergenceWatch` is for one network.

    Args:
        count: K, networks.
    """

    def __init__(self, count: int, device: torch.device):
        self._waits = device.type != "cpu"
        self._waiting: list[tuple[int, bool, Tensor]] = []
        self._highest = torch.full((count,), math.inf, device=device)
        self._sentences = [""] * count

    def keep(self, rows: Sequence[int]) -> None:
        """Go on with these networks only."""
        self._sentences = [self._sentences[row] for row in rows]
        self._highest = self._highest[rows]
        self._waiting = [(step, is_norm, values[rows]) for step, is_norm, values in self._waiting]

    def see_losses(self, step: int, losses: Tensor, layer_of: LayerOf) -> None:
        """Minibatch losses (K,) of an update that is about to be made."""
        self._see(step, losses, layer_of, is_norm=False)

    def see_norms(self, step: int, norms: Tensor, layer_of: LayerOf) -> None:
        """Norms (K,) of the gradients of that update."""
        self._see(step, norms, layer_of, is_norm=True)

    def flush(self) -> list[str]:
        """A sentence for each network of which any value so far has diverged, else ""."""
        for step, is_norm, values in self._waiting:
            self._judge(step, values, None, is_norm=is_norm)
        self._waiting = []
        return self._sentences

    def see_epoch(
        self, step: int, train_losses: Tensor, grad_norms: Tensor, layer_of_loss: LayerOf, layer_of_gradient: LayerOf
    ) -> list[str]:
        """A sentence for each network that has diverged so far, else "".

        Args:
            train_losses: (K,) over the training split; the first epoch's say what is too high.
            grad_norms: (K,) of the last update.
        """
        self.flush()
        self._judge(step, grad_norms, layer_of_gradient, is_norm=True)
        self._judge(step, train_losses, layer_of_loss, is_norm=False)
        if step == 0:
            self._highest = torch.tensor([highest_loss(loss) for loss in train_losses.tolist()]).to(self._highest)
        return self._sentences

    def _see(self, step: int, values: Tensor, layer_of: LayerOf, *, is_norm: bool) -> None:
        if self._waits:
            self._waiting.append((step, is_norm, values))
        else:
            self._judge(step, values, layer_of, is_norm=is_norm)

    def _judge(self, step: int, values: Tensor, layer_of: LayerOf | None, *, is_norm: bool) -> None:
        is_bad = ~(values.isfinite() & (is_norm | (values <= self._highest)))
        if not is_bad.any():
            return
        for row in is_bad.nonzero().flatten().tolist():
            if self._sentences[row]:
                continue
            value = values[row].item()
            layer = layer_of(row) if layer_of is not None and (is_norm or not math.isfinite(value)) else ""
            highest = self._highest[row].item()
            self._sentences[row] = gradient_trouble(step, layer) if is_norm else trouble(step, value, highest, layer)
