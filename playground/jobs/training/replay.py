"""A run that has diverged, again up to its last finite step: what was there before the numbers were gone."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from playground.config import Config
from playground.train.trainer import RUNNING, Trainer

LONGEST_SECONDS = 0.5  # of training that are worth repeating while others wait

Change = tuple[int, Mapping[str, Any]]  # before which step, which fields


def before_divergence(config: Config, changes: Sequence[Change], trouble_step: int) -> Iterator[Trainer]:
    """The same run again, as it stood at its last steps before the trouble: the last of all that is finite comes last.

    Equal Configs give equal runs, so these are its own steps.

    Args:
        config: that the run started from.
        changes: of live fields on the way, in their order.
        trouble_step: as the recorder names it.
    """
    again = Trainer(config)
    waiting = list(changes)
    while again.step < trouble_step and again.status == RUNNING:
        if again.step >= trouble_step - 2:  # the loss of an update is that of the step before it
            yield again
        while waiting and waiting[0][0] <= again.step:
            again.change(waiting.pop(0)[1])
        with again.own_randomness():
            again.advance()


def is_finite(row: Mapping[str, float]) -> bool:
    return math.isfinite(row["train_loss"]) and math.isfinite(row["val_loss"])
