"""DeadUnitsJob: which units stop firing while networks train side by side."""

import time
from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from playground.config import Config
from playground.jobs.job import Snapshot, Turn

if TYPE_CHECKING:
    from playground.train.activations.dead_units import WatchedTraining


@dataclass(frozen=True)
class DeadUnitsRun:
    """One training.

    Args:
        name: what a person reads.
        epochs, silent: epochs done, and the share of hidden units that are not above 0 for any training sample then;
            None where the numbers are no longer finite.
        stuck: share of hidden units whose weights and bias get no gradient from the whole training set; None likewise.
        train_accuracy, val_accuracy: after the last epoch; None for regression.
        status, message: of the training.
        units: (H, 3) weights and bias of each unit of the first hidden layer, for inputs in the plane; else empty.
        is_silent: (H,) of the same units.
    """

    name: str
    epochs: tuple[int, ...]
    silent: tuple[float | None, ...]
    stuck: float | None
    train_accuracy: float | None
    val_accuracy: float | None
    status: str
    message: str
    units: np.ndarray
    is_silent: np.ndarray


@dataclass(frozen=True)
class DeadUnitsSnapshot(Snapshot):
    """All trainings at one moment, in the job's order.

    Args:
        num_units: hidden units of each network.
        points, targets: (N, 2) and (N,) of the training samples where they lie in the plane, else empty.
    """

    runs: tuple[DeadUnitsRun, ...] = ()
    num_units: int = 0
    points: np.ndarray | None = None
    targets: np.ndarray | None = None


@dataclass(frozen=True)
class DeadUnitsJob:
    """Trains networks whose hidden biases start from a number of choice, each epoch in turn.

    Args:
        runs: (name, Config, first bias of every hidden unit), names all different.
    """

    runs: tuple[tuple[str, Config, float], ...]

    def frames(self) -> Generator[DeadUnitsSnapshot | None, Turn, None]:
        from playground.train.activations.dead_units import WatchedTraining  # torch, in the worker only

        watched = [WatchedTraining(config, bias) for _, config, bias in self.runs]
        status = "running"
        turn = yield self._snapshot(watched, status)
        while status == "running":
            deadline = time.perf_counter() + turn.seconds
            while time.perf_counter() < deadline and not turn.stop:
                running = [one for one in watched if not one.has_ended]
                if not running:
                    break
                min(running, key=lambda one: one.epoch).advance(deadline)
            status = "finished" if all(one.has_ended for one in watched) else "stopped" if turn.stop else "running"
            is_wanted = turn.wants_snapshot or status != "running"
            turn = yield self._snapshot(watched, status) if is_wanted else None

    def _snapshot(self, watched: list["WatchedTraining"], status: str) -> DeadUnitsSnapshot:
        points, targets = watched[0].cloud()
        return DeadUnitsSnapshot(
            status,
            fraction=sum(one.fraction for one in watched) / len(watched),
            runs=tuple(DeadUnitsRun(name, **one.seen()) for (name, *_), one in zip(self.runs, watched, strict=True)),
            num_units=watched[0].num_units,
            points=points,
            targets=targets,
        )
