"""The cost: what a network's objective adds to its training loss."""

import torch

from playground.config import Config
from playground.data.prepared import Split
from playground.nn.fresh_statistics import evaluating
from playground.nn.losses import Loss, build_training_loss
from playground.nn.network import Network
from playground.objective import Objective
from playground.train.optimizer import decayed_weights


@torch.no_grad()
def added_cost(network: Network, train: Split, loss: Loss, config: Config) -> float:
    """Cost minus loss on the training split; the network must be in evaluation mode. The formula is Objective's."""
    objective = Objective.of(config)
    if not objective.is_more_than_the_loss:
        return 0.0
    added = train.X.new_zeros((), dtype=torch.float64)
    if objective.label_smoothing or objective.weighs_classes:
        with evaluating(network, train.X):
            outputs = network(train.X)
        training_loss = build_training_loss(config, train.y, outputs.shape[1])
        added += training_loss(outputs, train.y, objective.label_smoothing) - loss(outputs, train.y)
    for weight in decayed_weights(network):
        added += objective.l2 / 2 * weight.square().sum() + objective.l1 * weight.abs().sum()
    return added.item()
