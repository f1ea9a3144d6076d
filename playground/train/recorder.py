"""Recorder: everything that a run leaves behind for the charts."""

import math
from typing import Any

import torch
from torch import Tensor

from playground.catalog.activations import activation_of
from playground.config import Config
from playground.data.prepared import Data
from playground.nn.losses import Loss
from playground.nn.network import Network
from playground.train.cost import added_cost
from playground.train.divergence import DivergenceWatch
from playground.train.evaluate import EpochEvaluation, Evaluation, evaluate
from playground.train.history import NO_VALUE, Curve, History
from playground.train.layer_probe import LayerProbe
from playground.train.probes import UpdateProbe, probe_layers


class Recorder:
    """History of a run: a row per epoch, a point per update, a probe of every layer per epoch.

    Attributes:
        kept_row: of the history, whose weights came back when the run ended; None: the network has its last ones.
    """

    def __init__(self, config: Config, network: Network, data: Data, loss: Loss):
        self.history = History()
        self.kept_row: int | None = None
        self.minibatch = Curve()
        self.layer_history: list[list[LayerProbe]] = []
        self._network, self._data, self._loss = network, data, loss
        self._parameters = list(network.parameters())
        self._evaluate = EpochEvaluation(data.train, data.val, loss)
        self._activation = activation_of(config)
        self._update_probe = UpdateProbe(network)
        self._pending: list[tuple[int, float, Tensor]] = []
        self._divergence = DivergenceWatch(network, data.train.X)
        self._scores: tuple[Evaluation, Evaluation] | None = None  # of the last row, until the next update

    def see_loss(self, step: int, learning_rate: float, loss: Tensor) -> None:
        """An update that is about to be made: its number from 1, its learning rate and its minibatch loss."""
        self._scores = None
        self._pending.append((step, learning_rate, loss))
        self._divergence.see_loss(step, loss)

    def see_norm(self, step: int, norm: Tensor) -> None:
        """Norm of the gradient of this update, where it is clipped."""
        self._divergence.see_norm(step, norm)

    def before_last_update(self) -> None:
        self._update_probe.start()

    def end_epoch(
        self, network: Network, config: Config, *, step: int, epoch: int, learning_rate: float
    ) -> tuple[Evaluation, str]:
        """Add a row, right after the last update of an epoch or before the first of all.

        Args:
            network: the one to evaluate, the averaged one where there is one, in evaluation mode.
            config: as changed on the way.

        Returns:
            The validation result, and a sentence if the run has diverged, else "".
        """
        ratios, ratio = self._update_probe.finish() if step else ([], NO_VALUE)
        grads = [parameter.grad for parameter in self._parameters if parameter.grad is not None]
        grad_norm = torch.stack(torch._foreach_norm(grads)).norm().item()
        train, val, layers = self.look(network, ratios)
        self._scores = train, val
        self.history.append(
            step=step,
            epoch=epoch,
            train_loss=train.loss,
            val_loss=val.loss,
            train_accuracy=train.accuracy,
            val_accuracy=val.accuracy,
            learning_rate=learning_rate,
            grad_norm=grad_norm,
            update_ratio=ratio,
            added_cost=added_cost(network, self._data.train, self._loss, config),
        )
        self.layer_history.append(layers)
        self._divergence.see_epoch(step, train.loss, grad_norm)
        return val, self.flush()

    def look(self, network: Network, ratios: list[float]) -> tuple[Evaluation, Evaluation, list[LayerProbe]]:
        """Training and validation result and the layers, as a row is made of them; nothing is noted.

        Args:
            network: as in `end_epoch`.
            ratios: update ratio of each layer; empty where it is not known.
        """
        train, val, taps = self._evaluate(network)
        return train, val, probe_layers(self._network, taps, self._activation, ratios)

    def update_ratios(self) -> list[float]:
        """Update ratio of each layer, right after an update that `before_last_update` was told of."""
        return self._update_probe.finish()[0]

    @property
    def trouble_step(self) -> int | None:
        """At which the run diverged; None as long as nothing has been seen of it."""
        return self._divergence.step

    def flush(self) -> str:
        """Bring the points of recent updates over from the device; a sentence if any so far has diverged, else "".

        After a divergence there are no more: what an epoch still makes of broken numbers is of no use to a curve.
        """
        sentence = self._divergence.flush()
        if self._pending:
            last = math.inf if self.trouble_step is None else self.trouble_step
            losses = torch.stack([loss for _, _, loss in self._pending]).tolist()
            for (step, learning_rate, _), loss in zip(self._pending, losses, strict=True):
                if step <= last:
                    self.minibatch.append(step, loss, learning_rate)
            self._pending = []
        return sentence

    @property
    def layers(self) -> list[LayerProbe]:
        """Of the last epoch, or of the one whose weights came back."""
        return self.layer_history[-1 if self.kept_row is None else self.kept_row]

    def final(self, network: Network) -> dict[str, Any]:
        """Loss and accuracy on all three splits, by the network in evaluation mode.

        Right after an epoch they are those of its row: a product of matrices may round differently in another company.
        Those of weights that came back are those of theirs.
        """
        known = self._scores if self.kept_row is None else self._scores_of(self.kept_row)
        train, val = known or self._evaluate(network)[:2]
        results = {"train": train, "val": val, "test": evaluate(network, self._data.test, self._loss)}
        values = {f"{name}_loss": result.loss for name, result in results.items()}
        return values | {f"{name}_accuracy": result.accuracy for name, result in results.items()}

    def _scores_of(self, row: int) -> tuple[Evaluation, Evaluation]:
        train, val = (Evaluation(*(self.history.column(f"{split}_{score}")[row] for score in ("loss", "accuracy")))
                      for split in ("train", "val"))  # fmt: skip
        return train, val
