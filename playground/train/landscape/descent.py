"""Descent: one run whose weights are kept along the way."""

import math

import torch
from torch import Tensor

from playground.config import Config
from playground.nn.fresh_statistics import evaluating
from playground.nn.network import Network
from playground.train.ending import DIVERGED, RUNNING, highest_loss
from playground.train.evaluate import Evaluation, evaluate
from playground.train.trainer import Trainer


class _QuietRecorder:
    """Watches a run without drawing it: with whole batches, the record of an epoch takes longer than its update.

    Args:
        trainer: one that has recorded its start.
    """

    def __init__(self, trainer: Trainer):
        self.history = trainer.recorder.history
        self.see_loss, self.see_norm = trainer.recorder.see_loss, trainer.recorder.see_norm
        self.flush = trainer.recorder.flush
        self._train, self._val, self._loss = trainer.data.train, trainer.data.val, trainer.loss

    def before_last_update(self) -> None:
        pass

    def end_epoch(self, network: Network, config: Config, **row: float) -> tuple[Evaluation, str]:
        """The validation result, which schedules may need, and a sentence if the run has diverged, else ""."""
        with evaluating(network, self._train.X):
            return evaluate(network, self._val, self._loss), self.flush()


class Descent:
    """A Trainer that stops after num_steps updates, and the points of weight space that it came through.

    Equal Configs but for the optimizer and its learning rate start from the same weights and see the same batches.

    Args:
        config: without parameter averaging, early stopping or going back to the best epoch.
        num_steps: updates; the Config's epochs must hold as many.
        max_points: kept, evenly spaced, the first and the last among them.
    """

    def __init__(self, config: Config, *, num_steps: int, max_points: int):
        self.trainer = Trainer(config)
        self.trainer.recorder = _QuietRecorder(self.trainer)
        self.num_steps = num_steps
        self._stride = math.ceil(num_steps / (max_points - 1))
        self.steps: list[int] = []
        self.losses: list[float] = []
        self.learning_rates: list[float] = []
        self._vectors: list[Tensor] = []
        self._keep()

    @property
    def has_ended(self) -> bool:
        return self.trainer.step >= self.num_steps or self.trainer.status != RUNNING

    @property
    def has_diverged(self) -> bool:
        return self.trainer.status == DIVERGED or not math.isfinite(self.losses[-1])

    @property
    def vectors(self) -> Tensor:
        """(T, P) all parameters, at the steps kept so far."""
        return torch.stack(self._vectors)

    def advance(self) -> None:
        """Updates up to the next point that is kept."""
        with self.trainer.own_randomness():
            for _ in range(min(self._stride, self.num_steps - self.trainer.step)):
                self.trainer.advance()
        if self.trainer.step > self.steps[-1]:
            self._keep()

    def stop(self) -> None:
        self.trainer.stop()

    def _keep(self) -> None:
        """Remember where the run is, with its loss over the training split as `train_loss` is measured.

        A loss that has diverged is infinite, so that it neither stretches an axis nor has a curvature.
        """
        trainer = self.trainer
        with torch.random.fork_rng(devices=[]), trainer.evaluating() as network:
            loss = evaluate(network, trainer.data.train, trainer.loss).loss
        highest = highest_loss(self.losses[0]) if self.losses else math.inf
        self.losses.append(loss if loss <= highest else math.inf)  # false for NaN too
        self.steps.append(trainer.step)
        self.learning_rates.append(trainer.learning_rate)
        self._vectors.append(torch.nn.utils.parameters_to_vector(network.parameters()).detach().clone())
