"""CompareJob: several Configs trained side by side."""

from collections.abc import Generator
from dataclasses import dataclass

from playground.config import Config
from playground.jobs.comparison.snapshot import CompareSnapshot
from playground.jobs.job import Turn
from playground.parsing import ConfigError

MOST_RUNS = 12


@dataclass(frozen=True)
class CompareJob:
    """Trains named Configs, each epoch in turn.

    Configs with equal seeds get the same data, and the same weights and batches where their fields allow it; each run
    is what it would be alone.

    Args:
        runs: (name, Config), names all different; num_seeds is not read, each run has one.

    Raises:
        ConfigError: when there are none, too many, or two of one name.
    """

    runs: tuple[tuple[str, Config], ...]

    def __post_init__(self):
        if not 1 <= len(self.runs) <= MOST_RUNS:
            raise ConfigError({"runs": f"must be 1 to {MOST_RUNS} to compare, but {len(self.runs)} came."})
        names = [name for name, _ in self.runs]
        if len(set(names)) != len(names):
            raise ConfigError({"runs": f"must have different names, but {', '.join(names)} came."})

    def frames(self) -> Generator[CompareSnapshot | None, Turn, None]:
        from playground.jobs.comparison.run import Comparison  # torch, in the worker only

        turn = yield CompareSnapshot()
        comparison = Comparison(self.runs)
        while True:
            comparison.advance(turn)
            if comparison.has_ended:
                break
            turn = yield comparison.snapshot() if turn.wants_snapshot else None
        yield comparison.snapshot()
