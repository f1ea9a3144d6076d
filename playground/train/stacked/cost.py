"""The cost of all networks: what each one's objective adds to its training loss."""

from collections.abc import Sequence

import torch
from torch import Tensor

from playground.config import Config
from playground.objective import Objective
from playground.train.stacked.data import StackedData
from playground.train.stacked.evaluate import StackedLoss
from playground.train.stacked.network import StackedNetwork


@torch.no_grad()
def added_costs(
    network: StackedNetwork,
    data: StackedData,
    loss: StackedLoss,
    configs: Sequence[Config],
    class_weights: Tensor | None,
) -> list[float]:
    """As `playground.train.cost.added_cost` of each network, in evaluation mode.

    Args:
        class_weights: (K, C); None: samples weigh the same.
    """
    objectives = [Objective.of(config) for config in configs]
    if not any(objective.is_more_than_the_loss for objective in objectives):
        return [0.0] * len(configs)
    weights = network.flat[:, : network.num_weights]
    l2, l1 = (weights.new_tensor([getattr(each, name) for each in objectives]) for name in ("l2", "l1"))
    added = l2 / 2 * weights.square().sum(1) + l1 * weights.abs().sum(1)
    smoothings = [objective.label_smoothing for objective in objectives]
    if any(smoothings) or class_weights is not None:
        plain = [0.0] * len(smoothings)
        for block in data.blocks("train"):
            outputs = network(block.X)
            more = loss.means(outputs, block.y, smoothings, class_weights) - loss.means(outputs, block.y, plain)
            added = added + more * (block.X.shape[1] / data.num_train)
    return added.tolist()
