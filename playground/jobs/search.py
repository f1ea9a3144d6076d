"""SearchJob: many trials of one Config, on a grid, at random, or both."""

import math
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticCustomError

from playground.config import Config
from playground.field import TRAINING, Spec
from playground.jobs.job import Snapshot, Turn
from playground.parsing import ConfigError, parse_value
from playground.rules import LARGEST_SEED
from playground.train.search.points import grid_levels
from playground.train.search.space import Axis, checked_space
from playground.train.search.trials import BOTH, METHODS, RANDOM, Trial, plan_repeat

MOST_TRAININGS = 40_000  # of one search, all methods and repeats

SEARCH_SPECS = {
    "method": Spec(
        group=TRAINING, choices=METHODS, label="Method",
        help="A grid tries every combination of a few values; random trials never try a value twice.",
    ),
    "trials": Spec(
        group=TRAINING, low=1, high=1000, is_whole=True, unit="trials", label="Trials",
        help="Trainings for each method; a grid takes as many of them as it can fill. 9 to 100 is usual.",
    ),
    "repeats": Spec(
        group=TRAINING, low=1, high=200, is_whole=True, unit="repeats", label="Repeats",
        help="The whole search again, with other random points, data and weights; 20 show how often random wins.",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class SearchSnapshot(Snapshot):
    """The search at one moment.

    Args:
        trials: those that have ended, in the order of their plan.
        num_trials: how many there will be.
        seconds: computing time so far.
        result: what `search --json` prints; only at the end.
    """

    trials: tuple[Trial, ...] = ()
    num_trials: int = 0
    seconds: float = 0.0
    result: dict[str, Any] | None = None


@dataclass(frozen=True)
class SearchJob:
    """Trains every trial to its end and scores it there, on the validation split.

    Args:
        config: what all trials have in common; num_seeds is not read, each trial is one run.
        space: 1 to 4 axes.
        method, trials, repeats: as SEARCH_SPECS says.

    Raises:
        ConfigError: naming the field that is wrong.
    """

    config: Config
    space: tuple[Axis, ...]
    method: str = BOTH
    trials: int = 25
    repeats: int = 1

    def __post_init__(self):
        object.__setattr__(self, "space", checked_space(self.space))
        for name, spec in SEARCH_SPECS.items():
            object.__setattr__(self, name, _checked(name, spec, getattr(self, name)))
        object.__setattr__(self, "config", self.config.replace(num_seeds=1))
        if self.num_trials > MOST_TRAININGS:
            came = f"{self.num_trials} trainings came of {self.trials} trials"
            raise ConfigError({"repeats": f"must make at most {MOST_TRAININGS} trainings in all, but {came}."})
        if self.config.seed + self.repeats - 1 > LARGEST_SEED:
            raise ConfigError({"seed": f"the last of {self.repeats} repeats must have one of at most {LARGEST_SEED}."})

    @classmethod
    def parse(cls, config: Config, space: tuple[Axis, ...], values: Mapping[str, Any]) -> "SearchJob":
        """A search from SEARCH_SPECS, text allowed.

        Raises:
            ConfigError: as the class.
        """
        return cls(config, space, **{name: values[name] for name in SEARCH_SPECS if name in values})

    @property
    def levels(self) -> tuple[int, ...]:
        """How many values of each axis the grid tries; empty without a grid."""
        return () if self.method == RANDOM else grid_levels(self.space, self.trials)

    @property
    def num_trials(self) -> int:
        """Of all methods and repeats."""
        each = math.prod(self.levels) if self.levels else self.trials
        return each * (2 if self.method == BOTH else 1) * self.repeats

    def plan(self, repeat: int) -> list[Trial]:
        """The trials of one repeat."""
        return plan_repeat(self.space, self.method, self.trials, self.config.seed, repeat)

    def frames(self) -> Generator[SearchSnapshot | None, Turn, None]:
        from playground.jobs.search_run import SearchRun  # torch, in the worker only

        turn = yield SearchSnapshot(num_trials=self.num_trials)
        run = SearchRun(self)
        while True:
            run.advance(turn)
            if run.has_ended:
                break
            turn = yield run.snapshot() if turn.wants_snapshot else None
        yield run.snapshot()


def _checked(name: str, spec: Spec, value: Any) -> Any:
    try:
        return parse_value(name, spec, getattr(SearchJob, name), value)
    except PydanticCustomError as error:
        raise ConfigError({name: error.context["sentence"]}) from None  # type: ignore[index]
