"""DivergenceWatch: sees that a run has diverged, at which step and in which layer."""

import math

import torch
from torch import Tensor

from playground.nn.network import Network
from playground.train.ending import gradient_trouble, highest_loss, trouble
from playground.train.overflow import overflowing_gradient, overflowing_layer


class DivergenceWatch:
    """Reads every loss and gradient norm of a run, and keeps the sentence for the first that has diverged.

    On the processor it looks at once, while the network can still tell where it began. On another device each look
    would hold up the arithmetic, so values wait there for `flush`, and no layer is named.

    Args:
        X: (N, D), on which the network is asked where it began.

    Attributes:
        step: at which the first value had diverged; None as long as none has been seen.
    """

    def __init__(self, network: Network, X: Tensor):
        self._network, self._X = network, X
        self._waits = X.device.type != "cpu"
        self._waiting: list[tuple[int, bool, Tensor]] = []
        self._highest = math.inf
        self._sentence = ""
        self.step: int | None = None

    def see_loss(self, step: int, loss: Tensor) -> None:
        """Minibatch loss of an update that is about to be made."""
        self._see(step, loss, is_norm=False)

    def see_norm(self, step: int, norm: Tensor) -> None:
        """Norm of the gradient of that update."""
        self._see(step, norm, is_norm=True)

    def see_epoch(self, step: int, train_loss: float, grad_norm: float) -> None:
        """Loss over the training split, and norm of the last gradient; the first epoch's says what is too high."""
        self.flush()
        self._judge(step, grad_norm, is_norm=True)
        self._judge(step, train_loss, is_norm=False)
        if math.isinf(self._highest):
            self._highest = highest_loss(train_loss)

    def flush(self) -> str:
        """A sentence if any value so far has diverged, else ""."""
        if self._waiting:
            values = torch.stack([value for _, _, value in self._waiting]).tolist()
            for (step, is_norm, _), value in zip(self._waiting, values, strict=True):
                self._judge(step, value, is_norm=is_norm)
            self._waiting = []
        return self._sentence

    def _see(self, step: int, value: Tensor, *, is_norm: bool) -> None:
        if self._waits:
            self._waiting.append((step, is_norm, value))
        else:
            self._judge(step, value.item(), is_norm=is_norm)

    def _judge(self, step: int, value: float, *, is_norm: bool) -> None:
        if self._sentence or (math.isfinite(value) and (is_norm or value <= self._highest)):
            return
        self.step = step
        if is_norm:
            self._sentence = gradient_trouble(step, "" if self._waits else overflowing_gradient(self._network))
        else:
            looks = not self._waits and not math.isfinite(value)
            layer = overflowing_layer(self._network, self._X) if looks else ""
            self._sentence = trouble(step, value, self._highest, layer)
