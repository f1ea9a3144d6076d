"""Jobs that are many short steps, one after another."""

import time
from collections.abc import Callable, Generator
from typing import Protocol, TypeVar

from playground.jobs.job import Snapshot, Turn

AnySnapshot = TypeVar("AnySnapshot", bound=Snapshot)


class Steps(Protocol):
    """Work that is taken in steps."""

    @property
    def has_ended(self) -> bool: ...

    def advance(self) -> None:
        """Take one step."""


def take_steps(work: Steps, turn: Turn) -> None:
    """As many as the turn allows; none when it asks to stop."""
    deadline, steps_left = time.perf_counter() + turn.seconds, turn.max_steps
    while not work.has_ended and steps_left != 0 and not turn.stop and time.perf_counter() < deadline:
        work.advance()
        steps_left = None if steps_left is None else steps_left - 1


def frames_of_steps(
    work: Steps, turn: Turn, snapshot: Callable[[str], AnySnapshot]
) -> Generator[AnySnapshot | None, Turn, None]:
    """The frames of such a job from this turn on.

    Args:
        snapshot: makes one of a status.
    """
    status = "running"
    while status == "running":
        take_steps(work, turn)
        status = "finished" if work.has_ended else "stopped" if turn.stop else "running"
        wanted = turn.wants_snapshot or status != "running"
        turn = yield snapshot(status) if wanted else None
