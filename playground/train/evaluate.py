"""Evaluation of a network on a split, and the moving average of its weights."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.modules.batchnorm import _BatchNorm
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from playground.data.prepared import Split
from playground.nn.losses import Loss, accuracy
from playground.nn.network import Network
from playground.train.history import NO_VALUE
from playground.train.probes import Tap


@dataclass(frozen=True)
class Evaluation:
    """Loss without label smoothing or penalties, and accuracy (NaN for regression)."""

    loss: float
    accuracy: float


@torch.no_grad()
def evaluate(network: Network, split: Split, loss: Loss) -> Evaluation:
    """Loss and accuracy on a split; the network must be in evaluation mode."""
    return _score(network(split.X), split.y, loss)


class EpochEvaluation:
    """Training and validation split evaluated in one pass, which takes less time than two."""

    def __init__(self, train: Split, val: Split, loss: Loss):
        self._train, self._val, self._loss = train, val, loss
        self._X = torch.cat([train.X, val.X])

    @torch.no_grad()
    def __call__(self, network: Network) -> tuple[Evaluation, Evaluation, list[Tap]]:
        """Both results, and the taps of the training split; the network must be in evaluation mode."""
        with network.tapped() as taps:
            outputs = network(self._X)
        size = len(self._train)
        train = _score(outputs[:size], self._train.y, self._loss)
        val = _score(outputs[size:], self._val.y, self._loss)
        return train, val, [(None if before is None else before[:size], output[:size]) for before, output in taps]


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
        self._norms = [module for module in self.network.modules() if isinstance(module, _BatchNorm)]

    @property
    def network(self) -> Network:
        return self._average.module

    def update(self) -> None:
        self._average.update_parameters(self._raw)

    @torch.no_grad()
    def refresh_statistics(self, X: Tensor) -> None:
        """Batch normalization's statistics over X (N, D) for the averaged weights; torch only copies the raw network's.

        All else is in evaluation mode: torch's update_bn would drop units and skip residual blocks here.
        """
        if not self._norms:
            return
        self.network.eval()
        for norm in self._norms:
            norm.reset_running_stats()
            norm.momentum = None  # a plain mean, here over the one batch
            norm.train()
        self.network(X)
        self.network.eval()
