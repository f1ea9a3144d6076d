"""Who is still looked at: a page renews the lease of its job each time it looks."""

import time
from collections.abc import Callable


class Leases:
    """Last time each job was seen.

    Args:
        pause_after: seconds unseen until a job should rest.
        free_after: seconds unseen until a job should be dropped.
        clock: seconds, never going back.
    """

    def __init__(self, pause_after: float, free_after: float, clock: Callable[[], float] = time.monotonic):
        self._pause_after = pause_after
        self._free_after = free_after
        self._clock = clock
        self._seen: dict[str, float] = {}
        self._resting: set[str] = set()

    def renew(self, job_id: str) -> bool:
        """Note that the job is looked at; True when it was resting until now."""
        was_resting = job_id in self._resting
        self._resting.discard(job_id)
        self._seen[job_id] = self._clock()
        return was_resting

    def is_resting(self, job_id: str) -> bool:
        return job_id in self._resting

    def drop(self, job_id: str) -> None:
        self._seen.pop(job_id, None)
        self._resting.discard(job_id)

    def expired(self) -> tuple[list[str], list[str]]:
        """Jobs that should rest from now on (each is named once), and jobs to drop."""
        now = self._clock()
        to_free = [job_id for job_id, seen in self._seen.items() if now - seen >= self._free_after]
        to_rest = [
            job_id
            for job_id, seen in self._seen.items()
            if now - seen >= self._pause_after and job_id not in self._resting and job_id not in to_free
        ]
        self._resting.update(to_rest)
        return to_rest, to_free
