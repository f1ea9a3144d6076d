"""Comparison: the trainers of one CompareJob, and what a page sees of them."""

from collections.abc import Sequence
from typing import Any

from playground.config import Config
from playground.jobs.comparison.snapshot import ComparedRun, CompareSnapshot
from playground.jobs.job import Turn
from playground.jobs.taking_turns import running, take_turns
from playground.jobs.training.result import run_result
from playground.jobs.training.snapshot import MAX_POINTS, MAX_ROWS
from playground.train.trainer import FINISHED, RUNNING, STOPPED, Trainer


class Comparison:
    """A trainer for each named Config."""

    def __init__(self, runs: Sequence[tuple[str, Config]]):
        self._trainers = {name: Trainer(config.replace(num_seeds=1)) for name, config in runs}
        self._seconds, self._was_stopped = 0.0, False

    @property
    def has_ended(self) -> bool:
        return not running(self._all)

    @property
    def _all(self) -> list[Trainer]:
        return list(self._trainers.values())

    def advance(self, turn: Turn) -> None:
        self._was_stopped |= turn.stop
        self._seconds += take_turns(self._all, turn)

    def snapshot(self) -> CompareSnapshot:
        """What a page can show now."""
        for trainer in self._all:
            trainer.flush()
        results = self._results() if self.has_ended else {}
        done = sum(trainer.position for trainer in self._all)
        total = sum(trainer.total_steps for trainer in self._all)
        status = RUNNING if not self.has_ended else STOPPED if self._was_stopped else FINISHED
        return CompareSnapshot(
            status=status,
            fraction=1.0 if status == FINISHED else min(done / total, 1.0),
            runs=tuple(_seen(name, trainer, results.get(name, {})) for name, trainer in self._trainers.items()),
            result={"runs": list(results.values()), "seconds": self._seconds} if results else None,
        )

    def _results(self) -> dict[str, dict[str, Any]]:
        seconds = self._seconds / len(self._trainers)
        return {
            name: {"name": name, **run_result(trainer, seconds, seconds)} for name, trainer in self._trainers.items()
        }


def _seen(name: str, trainer: Trainer, result: dict[str, Any]) -> ComparedRun:
    points = trainer.recorder.minibatch.thinned(MAX_POINTS).reshape(-1, 3)
    return ComparedRun(
        name=name,
        status=trainer.status,
        message=trainer.message,
        history=trainer.recorder.history.thinned(MAX_ROWS),
        rates={"epoch": (points[:, 0] - 1) / trainer.batches.per_epoch, "learning_rate": points[:, 2]},
        final=result.get("final", {}),
    )
