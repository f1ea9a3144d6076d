"""How an engine is, for whoever watches the server."""

from collections.abc import Mapping
from dataclasses import dataclass

SILENT_AFTER = 10.0  # seconds without a word, many times the heartbeat


@dataclass(frozen=True)
class EngineState:
    """One moment; it names no job and no visitor.

    Args:
        jobs: status -> number of jobs that are kept, the divided ones counted once.
        silences: of each worker that is up, in seconds.
        memory: of each worker whose memory can be seen, in bytes.
        num_wanted: workers that there should be.
        num_lost: workers that have died or were killed since the start, and were replaced.
        is_looked_after: whether the thread that replaces workers is alive.
    """

    jobs: Mapping[str, int]
    silences: tuple[float, ...]
    memory: tuple[int, ...]
    num_wanted: int
    num_lost: int
    is_looked_after: bool

    @property
    def num_alive(self) -> int:
        """Workers that are up and talk."""
        return sum(silence < SILENT_AFTER for silence in self.silences)

    @property
    def trouble(self) -> str:
        """Why no job can go on, in one sentence; "" when jobs can."""
        if not self.is_looked_after:
            return "The engine has stopped."
        if not self.silences:
            return f"No worker is up, of {self.num_wanted}."
        if not self.num_alive:
            return f"No worker has said a word for {min(self.silences):.0f} s."
        return ""
