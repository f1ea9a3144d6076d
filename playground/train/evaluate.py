"""Evaluation of a network on a split, and the moving average of its weights."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn, update_bn

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


@torch.no_grad()
def evaluate_with_taps(network: Network, split: Split, loss: Loss) -> tuple[Evaluation, list[Tap]]:
    """The same, with (pre-activation, output) of every layer."""
    with network.tapped() as taps:
        outputs = network(split.X)
    return _score(outputs, split.y, loss), taps


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
        self._has_statistics = any(isinstance(module, nn.modules.batchnorm._BatchNorm) for module in network.modules())

    @property
    def network(self) -> Network:
        return self._average.module

    def update(self) -> None:
        self._average.update_parameters(self._raw)

    def refresh_statistics(self, X: Tensor) -> None:
        """Batch normalization's running statistics for the averaged weights; torch only copies the raw network's."""
        if self._has_statistics:
            update_bn([X], self.network)
