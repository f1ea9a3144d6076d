"""SearchSettings: what is asked of a search, checked, and the trials that follow from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from playground.catalog import SEARCH_METHODS
from playground.config import Config
from playground.fields import LARGEST_SEED
from playground.parsing import ConfigError, checked_value
from playground.rules import has_folds, num_training_samples
from playground.spec import TRAINING, Spec
from playground.train.search.axis import Axis
from playground.train.search.methods import GRID, HALVING, USUAL, checked_methods
from playground.train.search.plan import counts, plan_repeat, trials_each
from playground.train.search.points import grid_levels
from playground.train.search.space import checked_space
from playground.train.search.trials import Trial

MOST_TRAININGS = 40_000  # of one search, all methods, repeats and folds
ENOUGH_AT_ONCE = 64  # networks planned together; more gain nothing, and would keep small repeats waiting
# Trials that may train longer would win every rung, and spend more than the other methods do.
EPOCHS = "num_epochs"
HALVING_DECIDES = (
    "cannot be searched by successive halving, which itself decides how long each trial trains. Leave out one of the "
    "two."
)

SEARCH_SPECS = {
    "methods": Spec(
        group=TRAINING, table=SEARCH_METHODS, is_sequence=True, max_length=len(SEARCH_METHODS), label="Methods",
        help="How trials are chosen; each method spends as many epochs as the others.",
    ),
    "trials": Spec(
        group=TRAINING, low=1, high=1000, is_whole=True, unit="trials", label="Trials",
        help="Whole runs for each method; a grid takes as many of them as it can fill. 9 to 100 is usual.",
    ),
    "repeats": Spec(
        group=TRAINING, low=1, high=200, is_whole=True, unit="repeats", label="Repeats",
        help="The whole search again, with other random points, data and weights; 20 show how often random wins.",
    ),
    "cut_above": Spec(
        group=TRAINING, low=0, high=1000, step=0.5, unit="times its start", label="Cut above",
        help="Ends a trial once its training loss exceeds this many times its start or is no number; 3 is usual, "
        "0 is off.",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class SearchSettings:
    """Many trials of one Config, by one search method or several side by side.

    Args:
        config: what all trials have in common; num_seeds is not read, each trial is one run, or one of each fold where
            num_folds asks for a cross-validation.
        space: 1 to 4 axes.
        methods, trials, repeats, cut_above: as SEARCH_SPECS says.

    Raises:
        ConfigError: naming the field that is wrong.
    """

    config: Config
    space: tuple[Axis, ...]
    methods: tuple[str, ...] = USUAL
    trials: int = 25
    repeats: int = 1
    cut_above: float = 3.0

    def __post_init__(self):
        object.__setattr__(self, "space", checked_space(self.space))
        object.__setattr__(self, "methods", checked_methods("methods", SEARCH_SPECS["methods"], self.methods))
        for name in ("trials", "repeats", "cut_above"):
            object.__setattr__(
                self, name, checked_value(name, SEARCH_SPECS[name], getattr(type(self), name), getattr(self, name))
            )
        if HALVING in self.methods and any(axis.field == EPOCHS for axis in self.space):
            raise ConfigError({EPOCHS: HALVING_DECIDES})
        folded = {"fold": 0} if has_folds(self.config) else {}
        object.__setattr__(self, "config", self.config.replace(num_seeds=1, **folded))
        trainings = self.num_trials * max(self.config.num_folds, 1)
        if trainings > MOST_TRAININGS:
            came = f"{trainings} trainings came of {self.trials} trials"
            raise ConfigError({"repeats": f"must make at most {MOST_TRAININGS} trainings in all, but {came}."})
        if self.config.seed + self.repeats - 1 > LARGEST_SEED:
            raise ConfigError({"seed": f"the last of {self.repeats} repeats must have one of at most {LARGEST_SEED}."})

    @classmethod
    def parse(cls, config: Config, space: tuple[Axis, ...], values: Mapping[str, Any]) -> Self:
        """A search from SEARCH_SPECS, text allowed.

        Raises:
            ConfigError: as the class.
        """
        return cls(config, space, **{name: values[name] for name in SEARCH_SPECS if name in values})

    @property
    def levels(self) -> tuple[int, ...]:
        """How many values of each axis the grid tries; empty without a grid."""
        return grid_levels(self.space, self.trials) if GRID in self.methods else ()

    @property
    def counts(self) -> dict[str, int]:
        """Method -> its number of trials in one repeat."""
        return counts(self.space, self.methods, self.trials, self.config.num_epochs)

    @property
    def num_trials(self) -> int:
        """Of all methods and repeats."""
        return sum(self.counts.values()) * self.repeats

    @property
    def num_updates(self) -> int:
        """Of all networks together, where every trial has the base's epochs and batches and ends at its end."""
        runs = trials_each(self.space, self.methods, self.trials) * len(self.methods) * self.repeats
        batches = max(num_training_samples(self.config) // self.config.batch_size, 1)
        return runs * max(self.config.num_folds, 1) * self.config.num_epochs * batches

    @property
    def portions(self) -> list[range]:
        """Repeats that are planned together, since a few trials alone would not fill a stack."""
        networks = self.num_trials // self.repeats * max(self.config.num_folds, 1)
        at_once = -(-ENOUGH_AT_ONCE // networks)
        return [range(first, min(first + at_once, self.repeats)) for first in range(0, self.repeats, at_once)]

    def plan(self, repeat: int) -> list[Trial]:
        """The trials of one repeat."""
        return plan_repeat(self.space, self.methods, self.trials, self.config.num_epochs, self.config.seed, repeat)
