"""Driving a job as a worker does."""

from playground.config import Config
from playground.jobs.job import Turn
from playground.jobs.train import TrainJob
from playground.jobs.training_snapshot import TrainingSnapshot

LONG = 60.0  # seconds: longer than any test


def snapshots(config: Config, turn: Turn) -> list[TrainingSnapshot]:
    """Every snapshot of a job that is given the same turn until it ends."""
    frames = TrainJob(config).frames()
    seen = [next(frames)]
    while not seen[-1].has_ended:
        seen.append(frames.send(turn))
    assert next(frames, None) is None
    return seen


def last_snapshot(config: Config) -> TrainingSnapshot:
    return snapshots(config, Turn(seconds=LONG))[-1]
