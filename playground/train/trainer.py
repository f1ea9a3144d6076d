"""Trainer: one run of a Config, one update at a time."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any

import torch

from playground.config import Config
from playground.data.prepared import prepare
from playground.fields import SPECS
from playground.nn.build import build_network
from playground.nn.fresh_statistics import evaluating
from playground.nn.initialize import initialize
from playground.nn.losses import build_loss, build_training_loss
from playground.nn.network import Network
from playground.parsing import ConfigError
from playground.seeds import stream_seed
from playground.train.batches import Batch, Batches
from playground.train.best import BestWeights
from playground.train.device import choose_device
from playground.train.ending import DIVERGED, FINISHED, RUNNING, STOPPED, if_diverged, outcome, stopped_at
from playground.train.evaluate import AveragedNetwork, start_gradient
from playground.train.optimizer import build_optimizer, decayed_weights, set_groups, shrink_towards_zero, unclip
from playground.train.random_stream import RandomStream
from playground.train.recorder import Recorder
from playground.train.schedule import Schedule

__all__ = ["DIVERGED", "FINISHED", "RUNNING", "STOPPED", "Trainer"]


class Trainer:
    """One run of a Config. Equal Configs give equal histories on one machine.

    Args:
        cut_above: ends the run once its training loss exceeds this many times its start or is no number; 0: never.

    Raises:
        ConfigError: when the machine cannot run it.
    """

    def __init__(self, config: Config, cut_above: float = 0.0):
        self.config, self._cut_above = config, cut_above
        self.device = choose_device(config.device)
        self.data = prepare(config, self.device)
        self.network = build_network(config, self.data.num_inputs, self.data.num_outputs)
        weights = torch.Generator().manual_seed(stream_seed(config.seed, "weights"))
        initialize(self.network, config, weights, self.data.train.X.cpu())
        self.network.to(self.device)
        self.loss = build_loss(config.loss)
        self._training_loss = build_training_loss(config, self.data.train.y, self.data.num_outputs)
        self.optimizer = build_optimizer(self.network, config)
        self.schedule = Schedule(config)
        self.batches = Batches(config, self.data)
        self.averaged = AveragedNetwork(self.network, config.ema_decay) if config.ema_decay else None
        self._best = BestWeights(self.evaluated_network, self.network) if config.keep_best else None
        self.recorder = Recorder(config, self.network, self.data, self.loss)
        self.status, self.message = RUNNING, ""
        self.step, self.epoch, self._step_in_epoch = 0, 0, 0
        self._parameters = list(self.network.parameters())
        self._decayed = decayed_weights(self.network)
        self._masks = RandomStream(stream_seed(config.seed, "masks"), self.device)
        with self.own_randomness():
            start_gradient(self.network, self.data.train, self._training_loss, config.label_smoothing)
            self._end_epoch()
        self._updates = self._run()

    @property
    def total_steps(self) -> int:
        """Updates of the whole run at the present batch size."""
        return self.config.num_epochs * self.batches.per_epoch

    @property
    def position(self) -> int:
        """Updates done, counted at the present batch size: where the schedule stands."""
        return self.epoch * self.batches.per_epoch + self._step_in_epoch

    @property
    def learning_rate(self) -> float:
        """Rate of the next update."""
        return self.schedule.learning_rate(min(self.position, self.total_steps - 1), self.total_steps)

    @property
    def evaluated_network(self) -> Network:
        """The averaged network where there is one, else the network itself."""
        return self.averaged.network if self.averaged else self.network

    def evaluating(self) -> AbstractContextManager[Network]:
        """While open, `evaluated_network` as evaluations need it; it is yielded."""
        return evaluating(self.evaluated_network, self.data.train.X)

    def advance(self) -> None:
        """One update, and at the end of an epoch its evaluation. Call it inside `own_randomness`."""
        next(self._updates, None)

    def stop(self, message: str = "") -> None:
        if self.status == RUNNING:
            self._end(*if_diverged(self.recorder.flush()))
            self._end(STOPPED, message or stopped_at(self.step))

    def flush(self) -> None:
        """Bring the record up to the last update; a diverged run ends with its epoch, whether it is watched or not."""
        self.recorder.flush()

    def own_randomness(self, *, is_kept: bool = True) -> AbstractContextManager[None]:
        """While open, torch's global generators continue this run's stream of masks; runs that take turns need it.

        Args:
            is_kept: False for a look at the network, which takes nothing from the stream.
        """
        return self._masks.going_on(is_kept=is_kept)

    def change(self, fields: Mapping[str, Any]) -> None:
        """Go on with other values of live fields; a new batch size starts with the next epoch.

        Raises:
            ConfigError: for a bad value, or a field that only a new run can change; nothing is changed then.
        """
        config = self.config.replace(**fields)
        fixed = {name: "cannot change during a run; press Train." for name in fields if not SPECS[name].is_live}
        if fixed:
            raise ConfigError(fixed)
        self.config = config
        set_groups(self.optimizer, config)
        self.schedule.follow(config)
        self.network.set_dropout(config.dropout)

    def _run(self) -> Iterator[None]:
        while self.status == RUNNING:
            self.batches.size = self.config.batch_size
            self._step_in_epoch = 0
            last = self.batches.per_epoch - 1
            self.network.train()
            for index, batch in enumerate(self.batches.epoch()):
                if index == last:
                    self.recorder.before_last_update()
                self._update(batch)
                if index < last:
                    yield
            self.epoch, self._step_in_epoch = self.epoch + 1, 0
            self._end_epoch()
            yield

    def _update(self, batch: Batch) -> None:
        """One step of the optimizer."""
        config, learning_rate = self.config, self.learning_rate
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate
        for parameter in self._parameters:
            parameter.grad = None
        outputs = self.network(batch.X)
        loss = self._training_loss(outputs, batch.y, config.label_smoothing)
        if batch.mixed_y is not None:
            mixed = self._training_loss(outputs, batch.mixed_y, config.label_smoothing)
            loss = batch.share * loss + (1 - batch.share) * mixed
        self.recorder.see_loss(self.step + 1, learning_rate, loss.detach())
        loss.backward()
        if config.grad_clip:
            norm = torch.nn.utils.get_total_norm([p.grad for p in self._parameters if p.grad is not None])
            self.recorder.see_norm(self.step + 1, norm)  # ahead of the clipping, which hides an overflow
            torch.nn.utils.clip_grads_with_norm_(self._parameters, config.grad_clip, norm)
        self.optimizer.step()
        if config.grad_clip:
            unclip(self._parameters, norm, config.grad_clip)
        if config.l1:
            shrink_towards_zero(self._decayed, learning_rate * config.l1)
        if self.averaged:
            self.averaged.update()
        self.step += 1
        self._step_in_epoch += 1

    def _end_epoch(self) -> None:
        """Evaluate, record, and see whether the run goes on."""
        network = self.evaluated_network.eval()
        rate = self.optimizer.param_groups[0]["lr"] if self.step else self.learning_rate
        place = {"step": self.step, "epoch": self.epoch, "learning_rate": rate}
        val, trouble = self.recorder.end_epoch(network, self.config, **place)
        if self._best and self.recorder.history.is_best_last:
            self._best.keep()
        self.schedule.see_validation_loss(val.loss)
        self._end(*outcome(self.config, self.recorder.history, trouble, self._cut_above))

    def _end(self, status: str, message: str = "") -> None:
        if self.status == RUNNING != status:
            self.status, self.message = status, message
            if self._best:
                self._best.bring_back()
                self.recorder.kept_row = self.recorder.history.best_row
