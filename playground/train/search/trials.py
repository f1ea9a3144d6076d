"""What a search tries: every trial of every repeat, before and after its training."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from playground.config import Config
from playground.parsing import ConfigError
from playground.train.ending import RUNNING

MAX_ROWS = 80  # of a trial's curve; half as many where it has no spikes
WAITING = "waiting"  # until it begins
REFUSED = "refused"  # how a trial ends whose values do not go together


@dataclass(frozen=True)
class TrialCurve:
    """A trial's scores at the end of each epoch, row 0 before the first update; (R,) float32 each, R at most MAX_ROWS.

    The mean over the folds in cross-validation. NaN: no value.
    """

    epoch: np.ndarray
    train_loss: np.ndarray
    val_loss: np.ndarray
    val_accuracy: np.ndarray


@dataclass(frozen=True)
class Trial:
    """One training of a search, or one for each fold of a cross-validation.

    Args:
        method: a row of SEARCH_METHODS.
        repeat: 0 for the first.
        params: field -> value.
        number: its place in the plan of the whole search, from 0.
        status: "running" (its scores are those so far); or how it ended: "finished", "stopped" (early, as the Config
            asks, by successive halving, or with the whole search), "cut" (its loss grew above the search's limit),
            "diverged" or "refused".
        num_epochs: that it was trained for so far.
        best_epoch: the one with the lowest validation loss; None where there is no score.
        val_loss, val_accuracy: after that epoch, not after the last; None where there is none.
        val_loss_std, val_accuracy_std: over the folds of a cross-validation; None without.
        same_as: number of the trial whose training this one shares, since their values differ only in fields without
            effect; None for a training of its own.
        lost_folds: folds of a cross-validation that diverged or were cut; the others then were not trained to the end.
        curve: None until there is one.
    """

    method: str
    repeat: int
    params: Mapping[str, Any]
    number: int = 0
    status: str = WAITING
    num_epochs: int = 0
    best_epoch: int | None = None
    val_loss: float | None = None
    val_accuracy: float | None = None
    val_loss_std: float | None = None
    val_accuracy_std: float | None = None
    same_as: int | None = None
    lost_folds: int = 0
    curve: TrialCurve | None = field(default=None, compare=False, repr=False)

    @property
    def score(self) -> tuple[float, float] | None:
        """Higher is better: accuracy first, where there is one, then the loss; None where the trial has neither."""
        if self.val_loss is None:
            return None
        return self.val_accuracy or 0.0, -self.val_loss

    @property
    def has_ended(self) -> bool:
        return self.status not in (WAITING, RUNNING)

    def config(self, base: Config) -> Config:
        """The base with this trial's values and its repeat's seed.

        Raises:
            ConfigError: where the values do not go together.
        """
        return Config.parse(base.changes() | self.values(base))

    def values(self, base: Config) -> dict[str, Any]:
        """What the trial changes of the base."""
        return {**self.params, "seed": base.seed + self.repeat, "num_seeds": 1}


def shared(trained: Trial, other: Trial) -> Trial:
    """Another trial with the scores of the one that was trained."""
    return replace(
        trained,
        method=other.method,
        repeat=other.repeat,
        params=other.params,
        number=other.number,
        same_as=trained.number,
    )


def checked_configs(trials: Sequence[Trial], base: Config) -> Iterator[Config | ConfigError]:
    """The Config of each trial, or why there is none."""
    changes = base.changes()  # once: it takes longer than a check
    for trial in trials:
        try:
            yield Config.parse(changes | trial.values(base))
        except ConfigError as error:
            yield error
