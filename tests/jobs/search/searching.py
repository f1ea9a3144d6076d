"""Driving a search, whole or in parts, as workers do."""

from playground.jobs.job import Turn
from playground.jobs.search.job import SearchJob
from playground.jobs.search.snapshot import SearchSnapshot
from tests.jobs.turns import snapshots_of

ALL_AT_ONCE = Turn(seconds=60)


def last(job, turn: Turn = ALL_AT_ONCE) -> SearchSnapshot:
    """The last snapshot of a search or of one part."""
    return snapshots_of(job, turn)[-1]


def in_parts(job: SearchJob, count: int) -> SearchSnapshot:
    return job.joined([last(part) for part in job.parts(count)])


def after_epochs(job, epochs: int) -> SearchSnapshot:
    """The snapshot after so many epochs of stacks, of a search that then is left alone."""
    frames = job.frames()
    next(frames)
    return frames.send(Turn(seconds=60, max_epochs=epochs))
