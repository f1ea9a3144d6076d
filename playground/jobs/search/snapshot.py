"""SearchSnapshot, and what the snapshots of a search's parts make together."""

from collections.abc import Sequence
from dataclasses import dataclass

from playground.jobs.job import Snapshot
from playground.train.ending import FINISHED, RUNNING, STOPPED
from playground.train.search.trials import REFUSED, Trial


@dataclass(frozen=True)
class SearchSnapshot(Snapshot):
    """The search, or one part of it, at one moment.

    Args:
        trials: those that have begun, in the order of the plan; a trial under way has its scores so far.
        num_trials: how many there are in all.
        seconds: computing time so far.
    """

    trials: tuple[Trial, ...] = ()
    num_trials: int = 0
    seconds: float = 0.0


def joined(snapshots: Sequence[SearchSnapshot | None], num_trials: int) -> SearchSnapshot:
    """What the parts are together; None: a part that has not begun.

    The parts run side by side, so the slowest one says how far the search is.
    """
    known = [snapshot for snapshot in snapshots if snapshot]
    trials = sorted((trial for snapshot in known for trial in snapshot.trials), key=lambda trial: trial.number)
    has_ended = len(known) == len(snapshots) and all(snapshot.has_ended for snapshot in known)
    return SearchSnapshot(
        status=_status(known, trials) if has_ended else RUNNING,
        message=next((snapshot.message for snapshot in known if snapshot.message), ""),
        fraction=min((snapshot.fraction if snapshot else 0.0 for snapshot in snapshots), default=0.0),
        trials=tuple(trials),
        num_trials=num_trials,
        seconds=max((snapshot.seconds for snapshot in known), default=0.0),
    )


def _status(snapshots: Sequence[SearchSnapshot], trials: Sequence[Trial]) -> str:
    if any(snapshot.status == STOPPED for snapshot in snapshots):
        return STOPPED
    return REFUSED if all(trial.status == REFUSED for trial in trials) else FINISHED
