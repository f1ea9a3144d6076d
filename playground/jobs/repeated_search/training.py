"""RepeatedTrainingJob: grid against random with real trainings, many times."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

import numpy as np

from playground.jobs.job import Snapshot, Turn
from playground.jobs.repeated_search.snapshot import RepeatedSnapshot, ShownRepeat
from playground.jobs.search.job import SearchJob
from playground.jobs.search.snapshot import SearchSnapshot
from playground.parsing import ConfigError
from playground.train.ending import FINISHED, RUNNING, STOPPED
from playground.train.repeated_search.verdict import verdict
from playground.train.search.methods import GRID, RANDOM, USUAL
from playground.train.search.trials import Trial
from playground.train.search.verdict import best_trial


class RepeatScore(NamedTuple):
    """Best score of each method in one repeat, higher is better; NaN where no trial had one."""

    repeat: int
    grid: float
    random: float


@dataclass(frozen=True)
class RepeatedPartSnapshot(Snapshot):
    """What one part has: the repeats that are complete, in their order, and the trials of the last of them."""

    scores: tuple[RepeatScore, ...] = ()
    shown: ShownRepeat | None = None


@dataclass(frozen=True)
class RepeatedTrainingPart:
    """Some of the repeats.

    Args:
        search: the whole of them.
        first, count: repeats of this part, whole portions of the search.
        done: those of them that need not be trained again.
    """

    search: SearchJob
    first: int
    count: int
    done: tuple[RepeatScore, ...] = ()

    def frames(self) -> Generator[RepeatedPartSnapshot | None, Turn, None]:
        known = {score.repeat for score in self.done}
        missing = [repeat for repeat in range(self.first, self.first + self.count) if repeat not in known]
        if not missing:
            yield RepeatedPartSnapshot(FINISHED, fraction=1.0, scores=self.done)
            return
        # A repeat takes the next seed: the later ones are a search that begins with a later seed. They begin with a
        # whole portion, so that the same networks are stacked: that decides the last bit of a result.
        start = next(portion.start for portion in self.search.portions if missing[0] in portion)
        config = self.search.config.replace(seed=self.search.config.seed + start)
        frames = replace(self.search, config=config, repeats=self.first + self.count - start).frames()
        turn, snapshot = (yield RepeatedPartSnapshot(scores=self.done)), next(frames)
        while not (snapshot and snapshot.has_ended):
            if turn.stop:  # the search is left alone: it would end its trials, and a repeat of them would look complete
                snapshot = frames.send(Turn(seconds=0.0, max_epochs=0))
                yield replace(self._seen(snapshot, start), status=STOPPED)
                return
            snapshot = frames.send(turn)
            turn = yield self._seen(snapshot, start) if snapshot else None

    def _seen(self, snapshot: SearchSnapshot, start: int) -> RepeatedPartSnapshot:
        """What a snapshot of the search says that began with the repeat `start`."""
        complete = [(start + repeat, trials) for repeat, trials in _complete(self.search, snapshot.trials)]
        found = {score.repeat: score for score in self.done}
        found |= {repeat: RepeatScore(repeat, *(_best(trials, name) for name in USUAL)) for repeat, trials in complete}
        skipped = start - self.first
        return RepeatedPartSnapshot(
            status=snapshot.status,
            message=snapshot.message,
            fraction=(skipped + (self.count - skipped) * snapshot.fraction) / self.count,
            scores=tuple(found[repeat] for repeat in sorted(found)),
            shown=_shown(self.search, complete[-1][1]) if complete else None,
        )

    def after(self, snapshot: RepeatedPartSnapshot | None) -> "RepeatedTrainingPart":
        """The same part without the repeats that were complete in that snapshot."""
        return self if snapshot is None else replace(self, done=snapshot.scores)


@dataclass(frozen=True)
class RepeatedTrainingJob:
    """Repeats a search on the grid and at random; a divided job.

    Args:
        search: its methods are not read.

    Raises:
        ConfigError: for an axis without numbers, whose trials could not be drawn over it.
    """

    search: SearchJob

    def __post_init__(self):
        object.__setattr__(self, "search", replace(self.search, methods=USUAL))
        for axis in self.search.space:
            if axis.choices:
                raise ConfigError({axis.field: "must be a range of numbers here, but choices came."})

    def frames(self) -> Generator[RepeatedSnapshot | None, Turn, None]:
        """All repeats in this process."""
        frames = self.parts(1)[0].frames()
        snapshot = next(frames)
        while not (snapshot and snapshot.has_ended):
            turn = yield self.joined([snapshot]) if snapshot else None
            snapshot = frames.send(turn)
        yield self.joined([snapshot])

    def parts(self, count: int) -> tuple[RepeatedTrainingPart, ...]:
        """Runs of about as many portions."""
        ends = np.array([(portion.start, portion.stop) for portion in self.search.portions])
        shares = np.array_split(ends, min(count, len(ends)))
        runs = [(int(share[0, 0]), int(share[-1, 1])) for share in shares]
        return tuple(RepeatedTrainingPart(self.search, first, end - first) for first, end in runs)

    def joined(self, snapshots: Sequence[RepeatedPartSnapshot | None]) -> RepeatedSnapshot:
        """All complete repeats."""
        known = [snapshot for snapshot in snapshots if snapshot]
        scores = sorted(score for snapshot in known for score in snapshot.scores)
        has_ended = len(known) == len(snapshots) and all(snapshot.has_ended for snapshot in known)
        last = max((snapshot for snapshot in known if snapshot.shown), key=lambda seen: seen.scores[-1], default=None)
        grid, random = (np.array([score[column] for score in scores]) for column in (1, 2))
        return RepeatedSnapshot(
            status=_status(known) if has_ended else RUNNING,
            message=next((snapshot.message for snapshot in known if snapshot.message), ""),
            fraction=sum(snapshot.fraction for snapshot in known) / len(snapshots),
            grid=grid,
            random=random,
            verdict=verdict(grid, random),
            shown=last.shown if last else None,
        )


def _complete(search: SearchJob, trials: Sequence[Trial]) -> Iterator[tuple[int, list[Trial]]]:
    """Each repeat whose trials have all ended, with them."""
    needed = sum(search.counts.values())
    for repeat, group in groupby(sorted(trials, key=lambda trial: trial.number), lambda trial: trial.repeat):
        ended = [trial for trial in group if trial.has_ended]
        if len(ended) == needed:
            yield repeat, ended


def _best(trials: Sequence[Trial], method: str) -> float:
    best = best_trial([trial for trial in trials if trial.method == method])
    return float("nan") if best is None else _score(best)


def _score(trial: Trial) -> float:
    """Validation accuracy; in regression minus the validation loss."""
    if trial.val_loss is None:
        return float("nan")
    return trial.val_accuracy if trial.val_accuracy is not None else -trial.val_loss


def _shown(search: SearchJob, trials: Sequence[Trial]) -> ShownRepeat:
    places, scores = {}, {}
    for method in USUAL:
        own = [trial for trial in trials if trial.method == method]
        places[method] = np.array([[trial.params[axis.field] for axis in search.space] for trial in own], dtype=float)
        scores[method] = np.array([_score(trial) for trial in own])
    return ShownRepeat(places[GRID], places[RANDOM], scores[GRID], scores[RANDOM])


def _status(snapshots: Sequence[RepeatedPartSnapshot]) -> str:
    ends = {snapshot.status for snapshot in snapshots}
    return STOPPED if STOPPED in ends else FINISHED if FINISHED in ends else ends.pop()
