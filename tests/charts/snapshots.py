"""Small made-up snapshots for the tests of the charts."""

import numpy as np

from playground.jobs.training.snapshot import Layer, LayerHistogram, TrainingSnapshot


def make_layer(name: str = "hidden 1", **changes: object) -> Layer:
    histogram = LayerHistogram(edges=np.array([-1.0, 0.0, 1.0]), counts=np.array([1, 3]))
    values = {
        "name": name,
        "mean": 0.5,
        "std": 2.0,
        "dead": 0.25,
        "saturated": 0.5,
        "grad_norm": 0.1,
        "update_ratio": 1e-3,
        "activations": histogram,
        "gradients": histogram,
    }
    return Layer(**{**values, **changes})


def make_layers(number: int) -> tuple[Layer, ...]:
    return tuple(make_layer(f"hidden {index + 1}") for index in range(number))


def make_snapshot(num_rows: int = 4, *, steps_an_epoch: int = 10, **changes: object) -> TrainingSnapshot:
    epochs = np.arange(num_rows, dtype=float)
    steps = np.arange(num_rows * steps_an_epoch + 1)
    history = {
        "step": epochs * steps_an_epoch,
        "epoch": epochs,
        "train_loss": 1 / (1 + epochs),
        "val_loss": 1.5 / (1 + epochs),
        "train_accuracy": 1 - 0.5 / (1 + epochs),
        "val_accuracy": 1 - 0.6 / (1 + epochs),
        "learning_rate": np.full(num_rows, 0.03),
    }
    values = {
        "num_epochs": 2 * num_rows,
        "total_steps": 2 * num_rows * steps_an_epoch,
        "history": history,
        "minibatch": {"step": steps, "loss": 1 / (1.0 + steps), "learning_rate": np.full(steps.size, 0.03)},
        "best": {"epoch": float(num_rows - 1), "val_loss": 0.1, "val_accuracy": None},
    }
    return TrainingSnapshot(**{**values, **changes})
