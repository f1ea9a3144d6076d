"""Driving a job as a worker does."""

from typing import Any

from playground.config import Config
from playground.jobs.job import Job, Turn
from playground.jobs.training.job import TrainJob
from playground.jobs.training.seed_scores import SeedScores
from playground.jobs.training.snapshot import TrainingSnapshot

LONG = 60.0  # seconds: longer than any test


def snapshots_of(job: Job, turn: Turn = Turn(seconds=LONG)) -> list[Any]:  # noqa: B008
    """Every snapshot of a job that is given the same turn until it ends; None where none was wanted."""
    frames = job.frames()
    seen = [next(frames)]
    while seen[-1] is None or not seen[-1].has_ended:
        seen.append(frames.send(turn))
    assert next(frames, None) is None
    return seen


def snapshots(config: Config, turn: Turn, earlier: SeedScores | None = None) -> list[TrainingSnapshot]:
    """Every snapshot of a training."""
    return snapshots_of(TrainJob(config, earlier), turn)


def last_snapshot(config: Config, earlier: SeedScores | None = None) -> TrainingSnapshot:
    return snapshots(config, Turn(seconds=LONG), earlier)[-1]
