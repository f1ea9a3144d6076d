"""SymmetryJob: whether the units of a layer become different while a network trains."""

import math
from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.config import Config
from playground.jobs.job import Snapshot, Turn

if TYPE_CHECKING:
    from playground.train.trainer import Trainer


@dataclass(frozen=True)
class UnitDifferences:
    """One training.

    Args:
        initializer: key of its row.
        steps, differences: updates done, and the largest difference between two units of one hidden layer then:
            between weights of theirs that come from the same input.
        grad_norm: Euclidean norm of the first hidden layer's weight gradient in the last update of an epoch.
        val_accuracy: at the end; None before, and for regression.
    """

    initializer: str
    steps: tuple[int, ...] = ()
    differences: tuple[float, ...] = ()
    grad_norm: float | None = None
    val_accuracy: float | None = None


@dataclass(frozen=True)
class SymmetrySnapshot(Snapshot):
    """Args:
    runs: one for each initializer of the job, those that have not begun empty.
    """

    runs: tuple[UnitDifferences, ...] = ()


@dataclass(frozen=True)
class SymmetryJob:
    """Trains the same network from several initializers, one after the other.

    Args:
        config: its initializer is replaced.
        initializers: keys of their rows.
    """

    config: Config
    initializers: tuple[str, ...]

    def frames(self) -> Generator[SymmetrySnapshot | None, Turn, None]:
        runs = [UnitDifferences(name) for name in self.initializers]
        turn, status = (yield SymmetrySnapshot(runs=tuple(runs))), "running"
        for index, name in enumerate(self.initializers):
            training = _Training(self.config.replace(initializer=name))
            while not training.has_ended and status == "running":
                training.advance(0 if turn.stop else turn.seconds)
                runs[index] = training.seen()
                is_last = training.has_ended and index == len(runs) - 1
                status = "finished" if is_last else "stopped" if turn.stop else "running"
                fraction = (index + training.fraction) / len(runs)
                is_wanted = turn.wants_snapshot or status != "running"
                turn = yield SymmetrySnapshot(status, fraction=fraction, runs=tuple(runs)) if is_wanted else None


class _Training:
    """One run, its differences noted after every update."""

    def __init__(self, config: Config):
        from playground.train.trainer import Trainer  # torch, in the worker only

        self._trainer = Trainer(config)
        self._steps, self._differences = [0], [largest_difference(self._trainer)]

    @property
    def has_ended(self) -> bool:
        from playground.train.trainer import RUNNING

        return self._trainer.status != RUNNING

    @property
    def fraction(self) -> float:
        return 1.0 if self.has_ended else self._trainer.step / self._trainer.total_steps

    def advance(self, seconds: float) -> None:
        from playground.jobs.taking_turns import take_turn

        take_turn(self._trainer, seconds, self._note)

    def _note(self) -> None:
        self._steps.append(self._trainer.step)
        self._differences.append(largest_difference(self._trainer))

    def seen(self) -> UnitDifferences:
        recorder, accuracy = self._trainer.recorder, math.nan
        if self.has_ended:
            accuracy = recorder.history.last("val_accuracy")
        return UnitDifferences(
            initializer=self._trainer.config.initializer,
            steps=tuple(self._steps),
            differences=tuple(self._differences),
            grad_norm=recorder.layer_history[-1][0].grad_norm,
            val_accuracy=None if math.isnan(accuracy) else accuracy,
        )


def largest_difference(trainer: "Trainer") -> float:
    """Largest difference between two units of one hidden layer, over all weights from the same input."""
    weights = [weight.detach() for layer in trainer.network.layers[:-1] for weight in layer.weights[:1]]
    return max((weight.amax(0) - weight.amin(0)).max().item() for weight in weights)
