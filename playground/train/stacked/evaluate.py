"""Losses and accuracies of all networks."""

from dataclasses import dataclass

import torch
from torch import Tensor

from playground.config import Config
from playground.nn.losses import build_loss
from playground.train.history import NO_VALUE
from playground.train.stacked.data import StackedData
from playground.train.stacked.network import StackedNetwork


@dataclass(frozen=True)
class Scores:
    """Loss and accuracy (NaN for regression) of each network on one split."""

    losses: list[float]
    accuracies: list[float]


class StackedLoss:
    """The loss of each sample, with each network's own label smoothing in training."""

    def __init__(self, config: Config):
        self._loss = build_loss(config.loss)

    def of_samples(self, outputs: Tensor, targets: Tensor, smoothing: float = 0.0) -> Tensor:
        """(K, B) from outputs (K, B, C)."""
        return self._loss(outputs, targets, smoothing, reduction="none")

    def means(self, outputs: Tensor, targets: Tensor, smoothings: list[float]) -> Tensor:
        """(K,) mean over each network's samples; linear in the smoothing, so two calls serve different ones."""
        if len(set(smoothings)) == 1:
            return self.of_samples(outputs, targets, smoothings[0]).mean(1)
        plain, smooth = (self.of_samples(outputs, targets, smoothing).mean(1) for smoothing in (0.0, 1.0))
        return torch.lerp(plain, smooth, plain.new_tensor(smoothings))


@torch.no_grad()
def evaluate_stacked(network: StackedNetwork, data: StackedData, name: str, loss: StackedLoss) -> Scores:
    """Loss without label smoothing or penalties, and accuracy; the network must be in evaluation mode."""
    losses, hits = [], []
    for block in data.blocks(name):
        outputs = network(block.X)
        losses.append(loss.of_samples(outputs, block.y))
        if not block.y.is_floating_point():
            hits.append((outputs.argmax(2) == block.y).sum(1))
    all_losses = torch.cat(losses, dim=1)
    means = all_losses.mean(1).tolist()
    if not hits:
        return Scores(means, [NO_VALUE] * len(network))
    return Scores(means, [count / all_losses.shape[1] for count in torch.stack(hits).sum(0).tolist()])


def start_gradient(network: StackedNetwork, data: StackedData, loss: StackedLoss) -> Tensor:
    """(K, P) gradient of each network's training loss, in evaluation mode."""
    total = torch.zeros_like(network.flat)
    for block in data.blocks("train"):
        losses = loss.of_samples(network(block.X), block.y)
        total += network.gradient(losses.sum(1) / data.num_train)
    return total
