"""Driving a job as a worker does."""

from playground.config import Config
from playground.jobs.job import Turn
from playground.jobs.seed_scores import SeedScores
from playground.jobs.train import TrainJob
from playground.jobs.training_snapshot import TrainingSnapshot

LONG = 60.0  # seconds: longer than any test


def snapshots(config: Config, turn: Turn, earlier: SeedScores | None = None) -> list[TrainingSnapshot]:
    """Every snapshot of a job that is given the same turn until it ends."""
    frames = TrainJob(config, earlier).frames()
    seen = [next(frames)]
    while not seen[-1].has_ended:
        seen.append(frames.send(turn))
    assert next(frames, None) is None
    return seen


def last_snapshot(config: Config, earlier: SeedScores | None = None) -> TrainingSnapshot:
    return snapshots(config, Turn(seconds=LONG), earlier)[-1]
