"""SignalsJob: several signals, one after the other."""

from collections.abc import Generator
from dataclasses import dataclass

from playground.jobs.job import Snapshot, Turn
from playground.jobs.signal.job import SignalJob
from playground.jobs.signal.snapshot import SignalSnapshot


@dataclass(frozen=True)
class SignalsSnapshot(Snapshot):
    """Args:
    signals: of the jobs begun so far, in their order.
    """

    signals: tuple[SignalSnapshot, ...] = ()


@dataclass(frozen=True)
class SignalsJob:
    """What several SignalJobs find, each as it would alone."""

    jobs: tuple[SignalJob, ...]

    def frames(self) -> Generator[SignalsSnapshot | None, Turn, None]:
        turn = yield SignalsSnapshot()
        seen: list[SignalSnapshot] = []
        for job in self.jobs:
            frames = job.frames()
            seen.append(next(frames))
            while not seen[-1].has_ended:
                fresh = frames.send(turn)
                seen[-1] = fresh or seen[-1]
                status = self._status(seen)
                is_wanted = turn.wants_snapshot or status != "running"
                turn = yield self._snapshot(seen, status) if is_wanted else None
            if status != "running":
                return

    def _status(self, seen: list[SignalSnapshot]) -> str:
        last = seen[-1].status
        return last if last == "stopped" or len(seen) == len(self.jobs) else "running"

    def _snapshot(self, seen: list[SignalSnapshot], status: str) -> SignalsSnapshot:
        fraction = sum(signal.fraction for signal in seen) / len(self.jobs)
        return SignalsSnapshot(status=status, fraction=fraction, signals=tuple(seen))
