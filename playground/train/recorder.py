"""Recorder: everything that a run leaves behind for the charts."""

import math
from typing import Any

import torch
from torch import Tensor

from playground.catalog import ACTIVATIONS
from playground.config import Config
from playground.data.prepared import Data
from playground.nn.losses import Loss
from playground.nn.network import Network
from playground.train.ending import highest_loss, trouble
from playground.train.evaluate import EpochEvaluation, Evaluation, evaluate
from playground.train.history import NO_VALUE, Curve, History
from playground.train.probes import LayerProbe, UpdateProbe, probe_layers


class Recorder:
    """History of a run: a row per epoch, a point per update, a probe of every layer per epoch."""

    def __init__(self, config: Config, network: Network, data: Data, loss: Loss):
        self.history = History()
        self.minibatch = Curve()
        self.layer_history: list[list[LayerProbe]] = []
        self._network, self._data, self._loss = network, data, loss
        self._parameters = list(network.parameters())
        self._evaluate = EpochEvaluation(data.train, data.val, loss)
        self._activation = ACTIVATIONS[config.activation]
        self._update_probe = UpdateProbe(network)
        self._pending: list[tuple[int, float, Tensor]] = []
        self._first_trouble = ""

    def see_update(self, step: int, learning_rate: float, loss: Tensor) -> None:
        """One update: its number from 1, its learning rate and its minibatch loss, left on the device."""
        self._pending.append((step, learning_rate, loss))

    def before_last_update(self) -> None:
        self._update_probe.start()

    def end_epoch(self, network: Network, *, step: int, epoch: int, learning_rate: float) -> tuple[Evaluation, str]:
        """Add a row, right after the last update of an epoch or before the first of all.

        Args:
            network: the one to evaluate, the averaged one where there is one, in evaluation mode.

        Returns:
            The validation result, and a sentence if the run has diverged, else "".
        """
        ratios, ratio = self._update_probe.finish() if step else ([], NO_VALUE)
        grads = [parameter.grad for parameter in self._parameters if parameter.grad is not None]
        train, val, taps = self._evaluate(network)
        self.history.append(
            step=step,
            epoch=epoch,
            train_loss=train.loss,
            val_loss=val.loss,
            train_accuracy=train.accuracy,
            val_accuracy=val.accuracy,
            learning_rate=learning_rate,
            grad_norm=torch.stack(torch._foreach_norm(grads)).norm().item(),
            update_ratio=ratio,
        )
        self.layer_history.append(probe_layers(self._network, taps, self._activation, ratios))
        return val, self.flush() or self._trouble(step, train.loss)

    def flush(self) -> str:
        """Bring the points of recent updates over from the device; a sentence if any so far has diverged, else ""."""
        if not self._pending:
            return self._first_trouble
        losses = torch.stack([loss for _, _, loss in self._pending]).tolist()
        pending, self._pending = self._pending, []
        highest = self._highest_loss()
        for (step, learning_rate, _), loss in zip(pending, losses, strict=True):
            self.minibatch.append(step, loss, learning_rate)
            if not loss <= highest:  # NaN is not either
                self._first_trouble = self._first_trouble or self._trouble(step, loss)
        return self._first_trouble

    def _highest_loss(self) -> float:
        """A loss above this one has diverged."""
        return highest_loss(self.history.column("train_loss")[0]) if self.history else math.inf

    def _trouble(self, step: int, loss: float) -> str:
        return trouble(step, loss, self._highest_loss())

    def final(self, network: Network) -> dict[str, Any]:
        """Loss and accuracy on all three splits, by the network in evaluation mode."""
        splits = {"train": self._data.train, "val": self._data.val, "test": self._data.test}
        results = {name: evaluate(network, split, self._loss) for name, split in splits.items()}
        values = {f"{name}_loss": result.loss for name, result in results.items()}
        return values | {f"{name}_accuracy": result.accuracy for name, result in results.items()}
