"""The contract between a job and the worker that runs it."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable


@dataclass(frozen=True)
class Turn:
    """What a worker asks of a job: compute for a while, then report.

    Args:
        seconds: how long to compute before yielding.
        max_steps: stop after this many updates, even if time is left; None: no such limit.
        max_epochs: stop after this many passes over the data; None: no such limit.
        changes: Config fields to change before going on, such as `{"learning_rate": 0.1}`.
        stop: end the run now and yield its last snapshot.
        wants_snapshot: whether this turn must end with a snapshot; drawing one costs time, so most turns skip it.
    """

    seconds: float = 0.05
    max_steps: int | None = None
    max_epochs: int | None = None
    changes: Mapping[str, object] = field(default_factory=dict)
    stop: bool = False
    wants_snapshot: bool = True


@dataclass(frozen=True)
class Snapshot:
    """What a page can show of a job at one moment; complete, so that the latest one is enough.

    Args:
        status: "running" while there is more to do, else how the job ended:
            "finished", "diverged", "stopped" or "refused".
        message: one sentence for a person, empty when there is nothing to say.
        fraction: share of the work done, in [0, 1].
        seconds_left: computing time to the end, where the job knows better than its fraction; else None.
    """

    status: str = "running"
    message: str = ""
    fraction: float = 0.0
    seconds_left: float | None = None

    @property
    def has_ended(self) -> bool:
        return self.status != "running"


class Job(Protocol):
    """A picklable description of work. Its module imports no torch at the top, so the page server can make one."""

    def frames(self) -> Generator[Snapshot | None, Turn, None]:
        """Yield the first snapshot at once; then, for every Turn sent in, a snapshot, or None when none was wanted.

        The generator returns after a snapshot that has ended, and a turn that ends the job always yields a snapshot.
        """


@runtime_checkable
class DividedJob(Job, Protocol):
    """A job large enough for several workers; an engine runs its parts side by side and shows them as one.

    `frames` does the whole work in one process. Results do not depend on how many parts there are.
    """

    def parts(self, count: int) -> "Sequence[Part]":
        """At most `count` jobs, at least one, that together do the whole work."""

    def joined(self, snapshots: Sequence[Snapshot | None]) -> Snapshot:
        """What a page sees, of the latest snapshot of each part; None: that part has none yet. Loads no torch."""


class Part(Job, Protocol):
    """One part of a divided job."""

    def after(self, snapshot: Snapshot | None) -> "Part":
        """What is left to do when the part's worker died after this snapshot; the snapshots of the rest go on from it:
        they contain what this one has.
        """
