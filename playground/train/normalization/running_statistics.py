"""RunningStatistics: a run with batch normalization, judged by running averages and by fresh statistics."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm

from playground.config import Config
from playground.data.prepared import Split
from playground.nn.network import Network
from playground.train.evaluate import Evaluation, evaluate
from playground.train.trainer import RUNNING, Trainer

LOOKS = 20  # places along the run at which both modes are evaluated


@dataclass
class Watched:
    """What was seen of the unit; a row for every update, first one first.

    Args:
        batch_mean, batch_var, unbiased_var: of the batch; variances divided by B and by B - 1.
        running_mean, running_var: right after the update's forward pass.
    """

    batch_mean: list[Tensor] = field(default_factory=list)
    batch_var: list[Tensor] = field(default_factory=list)
    unbiased_var: list[Tensor] = field(default_factory=list)
    running_mean: list[Tensor] = field(default_factory=list)
    running_var: list[Tensor] = field(default_factory=list)

    def see(self, values: Tensor, norm: _BatchNorm, unit: int) -> None:
        """The unit's values (B,) in a batch, and the module after it has seen them."""
        var, mean = torch.var_mean(values, correction=0)
        self.batch_mean.append(mean)
        self.batch_var.append(var)
        self.unbiased_var.append(values.var(correction=1))
        self.running_mean.append(norm.running_mean[unit].clone())
        self.running_var.append(norm.running_var[unit].clone())


@dataclass(frozen=True)
class Judged:
    """The network in evaluation mode, normalized by statistics of one kind.

    Args:
        spreads: standard deviation of each hidden layer's outputs over the training split.
    """

    train: Evaluation
    val: Evaluation
    spreads: tuple[float, ...]


@dataclass(frozen=True)
class Look:
    """All modes after some updates.

    Args:
        training_mode: validation split cut into batches, each normalized by its own statistics, means over the batches.
        running: by the running averages, as `model.eval()` of an ordinary script.
        fresh: by the statistics of the training split with the weights of now, as every evaluation of a run.
        mean, var: of the unit over the whole training split, with the weights of now; var divided by its size.
    """

    step: int
    training_mode: Evaluation
    running: Judged
    fresh: Judged
    mean: float
    var: float


class RunningStatistics:
    """Trains a Config with batch normalization and watches a unit.

    Args:
        layer: hidden layer, counted from 0; unit: of it, counted from 0.
        momentum: as torch counts it, the weight of the new batch.
    """

    def __init__(self, config: Config, *, layer: int, unit: int, momentum: float):
        self.trainer = Trainer(config)
        norms = self.trainer.network.batch_norms
        for norm in norms:
            norm.momentum = momentum
        self._norm, self._unit = norms[layer], unit
        self.watched, self.looks = Watched(), []
        self._every = max(self.trainer.total_steps // LOOKS, 1)
        self._look()

    @property
    def has_ended(self) -> bool:
        return self.trainer.status != RUNNING

    def advance(self) -> None:
        """One update."""
        with self.trainer.own_randomness(), self._watching(self._see_update):
            self.trainer.advance()
        if self.trainer.step % self._every == 0 or self.has_ended:
            self._look()

    def _see_update(self, values: Tensor) -> None:
        if self._norm.training:  # evaluations pass by here too
            self.watched.see(values, self._norm, self._unit)

    @contextmanager
    def _watching(self, see) -> Iterator[None]:
        """While open, `see` gets what the unit gives (B,) before normalization, after each forward pass."""

        def hook(module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
            see(inputs[0].detach()[:, self._unit])

        handle = self._norm.register_forward_hook(hook)
        try:
            yield
        finally:
            handle.remove()

    def _look(self) -> None:
        data, size = self.trainer.data, self.trainer.config.batch_size
        with left_as_it_was(self.trainer.network) as network:
            network.eval()
            running = self._judged(network)
            network.train()
            parts = [evaluate(network, part, self.trainer.loss) for part in batches(data.val, size)]
        by_batch = Evaluation(_mean([part.loss for part in parts]), _mean([part.accuracy for part in parts]))
        with self.trainer.evaluating() as network:
            fresh = self._judged(network)
            mean, var = (values[self._unit].item() for values in (self._norm.running_mean, self._norm.running_var))
        self.looks.append(Look(self.trainer.step, by_batch, running, fresh, mean, var))

    def _judged(self, network: Network) -> Judged:
        data, loss = self.trainer.data, self.trainer.loss
        with network.tapped() as taps:
            train = evaluate(network, data.train, loss)
        spreads = tuple(output.std(correction=0).item() for _, output in taps[:-1])
        return Judged(train, evaluate(network, data.val, loss), spreads)


@contextmanager
def left_as_it_was(network: Network) -> Iterator[Network]:
    """While open, forward passes may change running statistics and the mode; both are put back."""
    was_training, kept = network.training, [buffer.clone() for buffer in network.buffers()]
    try:
        yield network
    finally:
        network.train(was_training)
        for buffer, before in zip(network.buffers(), kept, strict=True):
            buffer.copy_(before)


def batches(split: Split, size: int) -> list[Split]:
    """The split in full batches; an incomplete last one is left out."""
    number = max(len(split) // size, 1)
    return [Split(split.X[i * size : (i + 1) * size], split.y[i * size : (i + 1) * size]) for i in range(number)]


def moving_average(values: np.ndarray, start: float, momentum: float) -> np.ndarray:
    """(steps,) r_t = (1 - m)^t r_0 + sum over s of m (1 - m)^(t - s) x_s, the closed form of torch's update.

    The lecture's momentum is 1 - m: it keeps 0.9 of the old value where torch takes 0.1 of the new one.
    """
    number = len(values)
    kept = (1 - momentum) ** np.arange(number + 1)
    return kept[1:] * start + momentum * np.convolve(values, kept)[:number]


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
