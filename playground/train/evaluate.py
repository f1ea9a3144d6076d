"""Evaluation of a network on a split, and the moving average of its weights."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from playground.data.prepared import Split
from playground.nn.fresh_statistics import by_the_batch, measured, running_averages_kept
from playground.nn.losses import Loss, accuracy
from playground.nn.network import Network
from playground.train.history import NO_VALUE
from playground.train.probes import Tap


@dataclass(frozen=True)
class Evaluation:
    """Loss without label smoothing, class weights or penalties, and accuracy (NaN for regression)."""

    loss: float
    accuracy: float


@torch.no_grad()
def evaluate(network: Network, split: Split, loss: Loss) -> Evaluation:
    """Loss and accuracy on a split; call it inside `evaluating`."""
    return _score(network(split.X), split.y, loss)


class EpochEvaluation:
    """Training and validation split evaluated in one pass where that can be, which takes less time than two."""

    def __init__(self, train: Split, val: Split, loss: Loss):
        self._train, self._val, self._loss = train, val, loss
        self._X = torch.cat([train.X, val.X])

    @torch.no_grad()
    def __call__(self, network: Network) -> tuple[Evaluation, Evaluation, list[Tap]]:
        """Both results, and the taps of the training split; the network must be in evaluation mode.

        Batch normalization takes its statistics from the training split.
        """
        size = len(self._train)
        with network.tapped() as taps:
            if network.batch_norms:
                outputs, seen = self._one_after_the_other(network, taps)
            else:
                outputs = network(self._X)
                seen = [(None if before is None else before[:size], output[:size]) for before, output in taps]
        train = _score(outputs[:size], self._train.y, self._loss)
        return train, _score(outputs[size:], self._val.y, self._loss), seen

    def _one_after_the_other(self, network: Network, taps: list[Tap]) -> tuple[Tensor, list[Tap]]:
        """Outputs for both splits, and what the taps hold after the first."""
        with running_averages_kept(network):
            trained = measured(network, self._train.X)
            seen = [(before, output) for before, output in taps]
            return torch.cat([trained, network(self._val.X)]), seen


def start_gradient(network: Network, train: Split, loss: Loss, label_smoothing: float) -> None:
    """Leave the gradient of the training loss in the parameters, as a step over the whole split would see it.

    It goes through the statistics of batch normalization, which depend on the weights; nothing is dropped.
    """
    network.eval()
    with by_the_batch(network):
        loss(network(train.X), train.y, label_smoothing).backward()


def _score(outputs: Tensor, targets: Tensor, loss: Loss) -> Evaluation:
    share = NO_VALUE if targets.is_floating_point() else accuracy(outputs, targets)
    return Evaluation(loss(outputs, targets).item(), share)


class AveragedNetwork:
    """Exponential moving average of a network's parameters, starting as a copy at the first update.

    Source: Polyak and Juditsky, Acceleration of stochastic approximation by averaging, 1992; torch.optim.swa_utils.
    """

    def __init__(self, network: Network, decay: float):
        self._raw = network
        self._average = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(decay))

    @property
    def network(self) -> Network:
        return self._average.module

    def update(self) -> None:
        self._average.update_parameters(self._raw)
