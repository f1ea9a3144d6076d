"""SearchJob: a search that is trained, by one worker or by several."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

from playground.jobs.job import Turn
from playground.jobs.search.part import SearchPart
from playground.jobs.search.settings import SearchSettings
from playground.jobs.search.snapshot import SearchSnapshot, joined


@dataclass(frozen=True)
class SearchJob(SearchSettings):
    """Trains every trial and scores it at its best epoch, on the validation split.

    A divided job: an engine may run its parts side by side, and results do not depend on how many there are.
    """

    def frames(self) -> Generator[SearchSnapshot | None, Turn, None]:
        """The whole search in this process."""
        frames = SearchPart(self, 0, 1).frames()
        turn = yield self.joined([next(frames)])
        while True:
            snapshot = frames.send(turn)
            if snapshot and snapshot.has_ended:
                break
            turn = yield self.joined([snapshot]) if snapshot else None
        yield self.joined([snapshot])

    def parts(self, count: int) -> tuple[SearchPart, ...]:
        """Parts that do the whole work together."""
        return tuple(SearchPart(self, index, count) for index in range(count))

    def joined(self, snapshots: Sequence[SearchSnapshot | None]) -> SearchSnapshot:
        """What the parts are together."""
        return joined(snapshots, self.num_trials)
