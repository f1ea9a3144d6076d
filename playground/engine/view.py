"""What a page says to an engine and sees of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from playground.jobs.job import Snapshot


class EngineFull(RuntimeError):
    """A limit is reached; the message is one sentence with the limit and the way out."""


class UnknownJob(LookupError):
    """No such job, or no longer; the message is one sentence for a person."""


@dataclass(frozen=True)
class View:
    """A job as it is now.

    Args:
        status: "queued", "running" (also while a command is still to be obeyed) or "paused"; or how it ended:
            "finished", "diverged", "stopped", "refused" (the job turned its input down), "failed" (an error in the
            program), "lost" (its process died).
        message: one sentence for a person, empty when there is nothing to say.
        place: 1 for the next in the queue; None when it is not in the queue.
        snapshot: the latest one, shared between callers; None before the first.
        version: grows with every new snapshot or status.
        owner: as whose it was submitted.
        wait: seconds until it has a place, roughly; None when it is not in the queue or nobody can tell.
        left: seconds until it ends, while others share its worker with it; None when it does not run or cannot tell.
    """

    status: str
    message: str
    place: int | None
    snapshot: Snapshot | None
    version: int
    owner: str = ""
    wait: float | None = None
    left: float | None = None


@dataclass(frozen=True)
class Command:
    """What a person asks of a job; made by the functions below. A job that has ended ignores it."""

    name: str
    changes: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def pause(cls) -> "Command":
        return cls("pause")

    @classmethod
    def resume(cls) -> "Command":
        return cls("resume")

    @classmethod
    def one_step(cls) -> "Command":
        """One update, then pause."""
        return cls("one_step")

    @classmethod
    def one_epoch(cls) -> "Command":
        """Go on to the end of the epoch under way, then pause."""
        return cls("one_epoch")

    @classmethod
    def stop(cls) -> "Command":
        return cls("stop")

    @classmethod
    def change(cls, changes: Mapping[str, object]) -> "Command":
        """Change Config fields of the running job, such as `{"learning_rate": 0.1}`.

        A refused value changes nothing: the job goes on and its view's message says why, until the next command.
        """
        return cls("change", dict(changes))
