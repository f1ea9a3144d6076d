"""Moment: what a run is at one step, in the middle of an epoch too, where its history has no row."""

from collections.abc import Sequence
from dataclasses import dataclass

from playground.train.cost import added_cost
from playground.train.history import COST
from playground.train.layer_probe import LayerProbe
from playground.train.trainer import Trainer


@dataclass(frozen=True)
class Moment:
    """Args:
    row: step, epoch (fraction included), losses, accuracies and cost, measured as a row of the history is.
    layers: as in the record of an epoch.
    """

    row: dict[str, float]
    layers: list[LayerProbe]


def moment_of(trainer: Trainer, ratios: Sequence[float] = ()) -> Moment:
    """The trainer as it stands; looking changes nothing.

    Args:
        ratios: update ratio of each layer at the last update; empty where it is not known.
    """
    was_training = trainer.network.training
    with trainer.own_randomness(is_kept=False):
        network = trainer.evaluated_network.eval()
        train, val, layers = trainer.recorder.look(network, list(ratios))
        row = {
            "step": float(trainer.step),
            "epoch": trainer.position / trainer.batches.per_epoch,
            "train_loss": train.loss,
            "val_loss": val.loss,
            "train_accuracy": train.accuracy,
            "val_accuracy": val.accuracy,
            COST: train.loss + added_cost(network, trainer.data.train, trainer.loss, trainer.config),
        }
    trainer.network.train(was_training)
    return Moment(row, layers)


def is_between_rows(trainer: Trainer) -> bool:
    """Whether updates have been made since the last row of the history."""
    return trainer.step > trainer.recorder.history.last("step")
