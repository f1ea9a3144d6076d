"""Runs small enough for a test."""

from collections.abc import Mapping

from playground.config import Config
from playground.train.trainer import RUNNING, Trainer

TINY: Mapping[str, object] = {
    "num_samples": 40,
    "train_fraction": 0.5,
    "num_epochs": 2,
    "batch_size": 5,
    "hidden_sizes": (4, 4),
    "device": "cpu",
}


def tiny(**fields: object) -> Config:
    """A Config that trains in a few hundredths of a second."""
    return Config.parse({**TINY, **fields})


def linear_unit(**fields):
    """One linear unit under plain SGD and squared error: everything can be worked by hand."""
    values = {"dataset": "plane", "hidden_sizes": (), "optimizer": "sgd", "loss": "mse", "learning_rate": 0.05}
    return tiny(**{**values, "batch_size": 20, "num_epochs": 1, **fields})


def trained(config: Config) -> Trainer:
    """A trainer whose run has ended."""
    trainer = Trainer(config)
    go_on(trainer)
    return trainer


def go_on(trainer: Trainer, num_steps: float = float("inf")) -> None:
    """Advance by that many updates, or to the end."""
    last = trainer.step + num_steps
    with trainer.own_randomness():
        while trainer.status == RUNNING and trainer.step < last:
            trainer.advance()


def rows(trainer: Trainer) -> dict[str, list[float | None]]:
    """History as it is printed; equal for equal runs."""
    return trainer.recorder.history.to_json()
