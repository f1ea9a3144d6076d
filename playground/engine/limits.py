"""How much one engine takes on, and how long it waits."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

# Environment variable -> field, lowest and highest value allowed.
VARIABLES = {
    "PLAYGROUND_WORKERS": ("workers", 1, 256),
    "PLAYGROUND_MAX_JOBS": ("max_jobs", 1, 10_000),
    "PLAYGROUND_JOBS_PER_SESSION": ("jobs_per_session", 1, 1_000),
    "PLAYGROUND_QUEUE_LENGTH": ("queue_length", 0, 10_000),
}


def usable_cores() -> int:
    """Cores this process may use; a container or `taskset` may allow fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True)
class Limits:
    """The defaults carry 30 students with two runs each.

    Args:
        workers: worker processes; None: one for each usable core.
        max_jobs: unfinished jobs in the workers at once, paused ones included.
        jobs_per_session: unfinished jobs of one session, queued ones included.
        queue_length: jobs that may wait when `max_jobs` are taken.
        pause_after: seconds after which a job that nobody looks at rests.
        free_after: seconds after which a job that nobody looks at is dropped.
        hang_after: seconds of silence after which a worker counts as hung; must exceed the longest single turn.
    """

    workers: int | None = None
    max_jobs: int = 128
    jobs_per_session: int = 4
    queue_length: int = 32
    pause_after: float = 20.0
    free_after: float = 120.0
    hang_after: float = 30.0

    @property
    def num_workers(self) -> int:
        return self.workers or usable_cores()

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Limits":
        """Limits with the fields that `VARIABLES` names read from the environment.

        Raises:
            ValueError: if a variable is not a whole number in its range.
        """
        given = {}
        for variable, (name, lowest, highest) in VARIABLES.items():
            text = environment.get(variable, "").strip()
            if text:
                given[name] = _whole_number(variable, text, lowest, highest)
        return cls(**given)


def _whole_number(variable: str, text: str, lowest: int, highest: int) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(highest)) else None
    if number is None or not lowest <= number <= highest:
        raise ValueError(
            f"{variable} must be a whole number from {lowest} to {highest}, got {text!r}; unset it for the default."
        )
    return number
