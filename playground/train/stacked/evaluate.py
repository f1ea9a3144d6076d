"""Losses and accuracies of all networks."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from playground.config import Config
from playground.nn.losses import build_loss, class_weights, weighted_mean
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

    def means(self, outputs: Tensor, targets: Tensor, smoothings: list[float], weights: Tensor | None = None) -> Tensor:
        """(K,) mean over each network's samples; linear in the smoothing, so two calls serve different ones.

        Args:
            weights: (K, C) of each network's classes; None: samples weigh the same.
        """

        def mean(smoothing: float) -> Tensor:
            losses = self.of_samples(outputs, targets, smoothing)
            return losses.mean(1) if weights is None else weighted_mean(losses, targets, weights)

        if len(set(smoothings)) == 1:
            return mean(smoothings[0])
        plain, smooth = mean(0.0), mean(1.0)
        return torch.lerp(plain, smooth, plain.new_tensor(smoothings))


def stacked_class_weights(configs: Sequence[Config], data: StackedData) -> Tensor | None:
    """(K, C), ones for a network whose samples weigh the same; None where all of them do."""
    found = [class_weights(config, data.of(config).train.y, data.num_outputs) for config in configs]
    like = next((weights for weights in found if weights is not None), None)
    return None if like is None else torch.stack([torch.ones_like(like) if each is None else each for each in found])


@torch.no_grad()
def evaluate_stacked(
    network: StackedNetwork, data: StackedData, name: str, loss: StackedLoss, known: Sequence[Tensor] = ()
) -> Scores:
    """Loss without label smoothing, class weights or penalties, and accuracy; call it inside `Stack.evaluating`.

    Args:
        known: outputs for every block of the split, where they have been computed already.
    """
    losses, hits = [], []
    for index, block in enumerate(data.blocks(name)):
        outputs = known[index] if known else network(block.X)
        losses.append(loss.of_samples(outputs, block.y))
        if not block.y.is_floating_point():
            hits.append((outputs.argmax(2) == block.y).sum(1))
    all_losses = torch.cat(losses, dim=1)
    means = all_losses.mean(1).tolist()
    if not hits:
        return Scores(means, [NO_VALUE] * len(network))
    return Scores(means, [count / all_losses.shape[1] for count in torch.stack(hits).sum(0).tolist()])


def start_gradient(
    network: StackedNetwork, data: StackedData, loss: StackedLoss, smoothings: list[float], weights: Tensor | None
) -> Tensor:
    """(K, P) gradient of each network's training loss, in evaluation mode.

    Args:
        smoothings, weights: as `StackedLoss.means`.
    """
    total = torch.zeros_like(network.flat)
    for block in data.blocks("train"):
        losses = loss.means(network(block.X), block.y, smoothings, weights)
        total += network.gradient(losses * (block.y.shape[1] / data.num_train))
    return total
