"""SearchPart: what one worker does of a search."""

from collections.abc import Generator
from dataclasses import dataclass, replace

from playground.jobs.job import Turn
from playground.jobs.search.settings import SearchSettings
from playground.jobs.search.snapshot import SearchSnapshot
from playground.train.search.trials import Trial


@dataclass(frozen=True)
class SearchPart:
    """One part of several; which trials it trains follows from the search, its index and the count alone.

    Args:
        search: the whole one.
        index: of the part, from 0.
        count: of parts.
        done: trials of this part that have ended before, which are not trained again.
        seconds: of computing before.
    """

    search: SearchSettings
    index: int
    count: int
    done: tuple[Trial, ...] = ()
    seconds: float = 0.0

    def frames(self) -> Generator[SearchSnapshot | None, Turn, None]:
        from playground.jobs.search.run import SearchRun  # torch, in the worker only

        turn = yield SearchSnapshot(num_trials=self.search.num_trials, trials=self.done, seconds=self.seconds)
        run = SearchRun(self.search, self.index, self.count, self.done, self.seconds)
        while True:
            run.advance(turn)
            if run.has_ended:
                break
            turn = yield run.snapshot() if turn.wants_snapshot else None
        yield run.snapshot()

    def after(self, snapshot: SearchSnapshot | None) -> "SearchPart":
        """The same part, with the trials that had ended in that snapshot."""
        if snapshot is None:
            return self
        ended = tuple(trial for trial in snapshot.trials if trial.has_ended)
        return replace(self, done=ended, seconds=snapshot.seconds)
