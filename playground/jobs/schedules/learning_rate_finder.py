"""LearningRateFinderJob: which learning rates a Config learns at."""

from collections.abc import Generator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from playground.config import Config
from playground.fields import SPECS
from playground.jobs.job import Snapshot, Turn
from playground.jobs.steps import frames_of_steps
from playground.parsing import ConfigError

if TYPE_CHECKING:
    from playground.train.schedules.learning_rate_finder import LearningRateFinder

# Fields that say how the rate runs, or how long.
NOT_READ = frozenset(
    {
        *(
            "learning_rate",
            "schedule",
            "schedule_points",
            "warmup_fraction",
            "step_size",
            "milestones",
            "gamma",
            "min_lr",
        ),
        *("num_epochs", "early_stopping", "keep_best", "ema_decay", "num_seeds"),
    }
)
FEWEST_UPDATES, MOST_UPDATES = 20, 1000


@dataclass(frozen=True)
class LearningRateFinderSnapshot(Snapshot):
    """The curve so far.

    Args:
        rates, losses, smoothed: (rows,).
        steepest, lowest, low, high, learning_rate: as the `Suggestion` of the file of this name in `train` says; None
            before the end, and when nothing was learned.
    """

    rates: np.ndarray | None = None
    losses: np.ndarray | None = None
    smoothed: np.ndarray | None = None
    steepest: float | None = None
    lowest: float | None = None
    low: float | None = None
    high: float | None = None
    learning_rate: float | None = None


@dataclass(frozen=True)
class LearningRateFinderJob:
    """Takes the loss while the rate rises from low to high by the same factor with each update.

    Args:
        config: fields of NOT_READ go back to their defaults, so that jobs that differ in them alone are equal.

    Raises:
        ConfigError: for rates or a number of updates out of bounds.
    """

    config: Config
    low: float = 1e-6
    high: float = 10.0
    num_updates: int = 150

    def __post_init__(self):
        spec = SPECS["learning_rate"]
        if not spec.low <= self.low < self.high <= spec.high:  # type: ignore[operator]
            bounds = f"{spec.low:g} to {spec.high:g}"
            raise ConfigError({"learning_rate": f"must rise within {bounds}, but {self.low:g} to {self.high:g} came."})
        if not FEWEST_UPDATES <= self.num_updates <= MOST_UPDATES:
            bounds = f"from {FEWEST_UPDATES} to {MOST_UPDATES}"
            raise ConfigError({"num_updates": f"must be a whole number {bounds}, but {self.num_updates} came."})
        kept = {name: value for name, value in self.config.changes().items() if name not in NOT_READ}
        object.__setattr__(self, "config", Config.parse(kept))

    def frames(self) -> Generator[LearningRateFinderSnapshot | None, Turn, None]:
        from playground.train.schedules.learning_rate_finder import LearningRateFinder  # torch, in the worker only

        turn = yield LearningRateFinderSnapshot()
        test = LearningRateFinder(self.config, self.low, self.high, self.num_updates)
        yield from frames_of_steps(test, turn, partial(self._snapshot, test))

    def _snapshot(self, test: "LearningRateFinder", status: str) -> LearningRateFinderSnapshot:
        from playground.train.schedules.learning_rate_finder import Suggestion, suggestion

        rates, losses = np.array(test.rates), np.array(test.losses)
        read = suggestion(rates, losses) if status == "finished" else Suggestion(np.empty(0))
        return LearningRateFinderSnapshot(
            status=status,
            fraction=1.0 if status == "finished" else len(rates) / self.num_updates,
            rates=rates,
            losses=losses,
            **vars(read),
        )
