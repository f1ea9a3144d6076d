"""How much one engine takes on, and how long it waits."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields

from playground.settings import SETTINGS, given


def usable_cores() -> int:
    """Cores this process may use; a container or `taskset` may allow fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def default(name: str) -> int:
    return SETTINGS[name].default or 0


@dataclass(frozen=True)
class Limits:
    """The defaults carry 30 students with two runs each.

    Args:
        workers: None: one for each usable core.
        max_jobs, jobs_per_session, queue_length, max_seconds, pause_after, max_parameters, max_layers, max_samples,
            max_epochs: as SETTINGS says.
        free_after: seconds after which a job that nobody looks at is dropped.
        hang_after: seconds of silence after which a worker counts as hung; must exceed the longest single turn.
    """

    workers: int | None = SETTINGS["workers"].default
    max_jobs: int = default("max_jobs")
    jobs_per_session: int = default("jobs_per_session")
    queue_length: int = default("queue_length")
    max_seconds: float = default("max_seconds")
    pause_after: float = default("pause_after")
    max_parameters: int = default("max_parameters")
    max_layers: int = default("max_layers")
    max_samples: int = default("max_samples")
    max_epochs: int = default("max_epochs")
    free_after: float = 120.0
    hang_after: float = 30.0

    @property
    def num_workers(self) -> int:
        return self.workers or usable_cores()

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Limits":
        """Limits with the settings that the environment gives.

        Raises:
            ValueError: if a variable breaks the rule of its setting.
        """
        own = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in given(environment).items() if name in own})
