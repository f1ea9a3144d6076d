"""Stacks small enough for a test, and what an ordinary run makes of the same Configs."""

from collections.abc import Sequence

import numpy as np

from playground.config import Config
from playground.train.stacked import StackedRun, StackedTrainer
from playground.train.trainer import Trainer
from tests.aids.training import rows, tiny, trained

# How far a stacked run may be from the ordinary one: float32 has 7 digits, and a few updates lose one or two of them.
TOLERANCE = {"rtol": 1e-4, "atol": 1e-5}

# Everything that each network may have of its own.
OWN = {
    "seed": (0, 1, 7),
    "learning_rate": (0.01, 0.03, 0.1),
    "weight_decay": (0.0, 0.1, 0.01),
    "l1": (0.0, 0.0, 0.01),
    "momentum": (0.9, 0.5, 0.1),
    "dropout": (0.0, 0.3, 0.5),
    "init_scale": (1.0, 0.5, 2.0),
    "label_smoothing": (0.0, 0.1, 0.3),
    "class_weights": (False, True, True),
    "keep_best": (True, False, True),
    "warmup_fraction": (0.0, 0.5, 0.2),
    "epsilon": (1e-8, 1e-3, 0.1),
    "noise": (0.1, 0.5, 0.0),
    "label_noise": (0.0, 0.2, 0.1),
    "grad_clip": (0.0, 0.05, 1.0),
    "ema_decay": (0.0, 0.5, 0.9),
}
COUNT = 3


def configs(own: Sequence[str] = ("seed", "learning_rate"), **fields: object) -> list[Config]:
    """Three Configs that differ in the fields named, and share the others."""
    return [tiny(**{**{name: OWN[name][k] for name in own}, **fields}) for k in range(COUNT)]


def trained_together(configs: Sequence[Config]) -> list[StackedRun]:
    """Runs of one stack, to their ends."""
    trainer = StackedTrainer(configs)
    go_on(trainer)
    return trainer.runs


def go_on(trainer: StackedTrainer, num_steps: float = float("inf")) -> None:
    """Advance by that many updates, or to the end."""
    last = trainer.step + num_steps
    while trainer.live and trainer.step < last:
        trainer.advance()


def assert_same(run: StackedRun, trainer: Trainer) -> None:
    """The stacked run tells what the ordinary one does."""
    assert (run.status, run.message, run.step) == (trainer.status, trainer.message, trainer.step)
    assert run.kept_row == trainer.recorder.kept_row
    with trainer.evaluating() as network:
        expected = {**rows(trainer), **{name: [v] for name, v in trainer.recorder.final(network).items()}}
    found = {**run.history.to_json(), **{name: [value] for name, value in run.final.items()}}
    assert found.keys() == expected.keys()
    for name, values in expected.items():
        np.testing.assert_allclose(
            np.array(found[name], float), np.array(values, float), **TOLERANCE, err_msg=f"{name} {run.config.changes()}"
        )


def assert_all_same(configs: Sequence[Config]) -> None:
    """A stack of these Configs tells what ordinary runs of them do, one by one."""
    for run, config in zip(trained_together(configs), configs, strict=True):
        assert_same(run, trained(config))


def told(run: StackedRun) -> str:
    """Everything that a run says, to the last bit."""
    return repr((run.status, run.message, run.history.to_json(), run.final))
