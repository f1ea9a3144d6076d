"""TrainJob: the run, or the runs from several seeds, that a Config describes."""

from collections.abc import Generator
from dataclasses import dataclass

from playground.config import Config
from playground.jobs.job import Turn
from playground.jobs.training.seed_scores import SeedScores
from playground.jobs.training.snapshot import TrainingSnapshot


@dataclass(frozen=True)
class TrainJob:
    """Trains; its snapshots are TrainingSnapshots, and the last one holds the result.

    Args:
        earlier: a run of several seeds that the result is compared with, if this one has several too.
    """

    config: Config
    earlier: SeedScores | None = None

    def frames(self) -> Generator[TrainingSnapshot | None, Turn, None]:
        from playground.jobs.training.run import TrainingRun  # torch, in the worker only

        run = TrainingRun(self.config, self.earlier)
        snapshot: TrainingSnapshot | None = run.snapshot()
        while not run.has_ended:
            turn = yield snapshot
            run.advance(turn)
            snapshot = run.snapshot() if turn.wants_snapshot or run.has_ended else None
        yield snapshot
