"""Random trials whose scores are known functions of where they lie."""

from collections.abc import Callable

import numpy as np

from playground.train.search.axis import LOG, Axis
from playground.train.search.points import random_points
from playground.train.search.trials import Trial

RATE = Axis("learning_rate", 1e-4, 1, LOG)
DECAY = Axis("weight_decay", 1e-6, 0.1, LOG)
KINDS = Axis("activation", choices=("relu", "tanh", "gelu"))
TWO = (RATE, DECAY)


def scored(axes: tuple[Axis, ...], score: Callable[..., float | None], trials: int, seed: int = 0) -> list[Trial]:
    """Trials whose loss is 1 - the score, which is a function of the shares of the axes; None: diverged."""
    found = []
    for number, params in enumerate(random_points(axes, trials, seed)):
        value = score(*(axis.share_of(params[axis.field]) for axis in axes))
        loss, status = (None, "diverged") if value is None else (1 - value, "finished")
        found.append(Trial("random", 0, params, number, status, val_loss=loss))
    return found


def noise(seed: int = 0) -> Callable[..., float]:
    """A score that has nothing to do with the values."""
    generator = np.random.default_rng(seed)
    return lambda *_shares: float(generator.normal())
