"""Learning-rate range test: the loss while the rate rises, and the rate that it suggests."""

import math
from dataclasses import dataclass

import numpy as np

from playground.config import Config
from playground.data.prepared import Split
from playground.nn.fresh_statistics import evaluating
from playground.train.evaluate import evaluate
from playground.train.trainer import RUNNING, Trainer

MOST_SAMPLES = 512  # of the training split, on which the loss is taken
TOO_HIGH = 4  # times the lowest loss: the rate has gone too far
SMOOTHING = 40  # the width of the smoothing is this part of the run
LEAST_FALL = 0.02  # of the first loss; with less, nothing was learned
BOTTOM = 0.1  # of the fall: losses this near to the lowest count as the bottom, which is often wide


class Rise:
    """A rate that grows by the same factor with each update, from low to high."""

    def __init__(self, low: float, high: float, num_updates: int):
        self._low, self._ratio, self._last = low, high / low, max(num_updates - 1, 1)

    def learning_rate(self, step: int, total_steps: int) -> float:
        return self._low * self._ratio ** (step / self._last)

    def see_validation_loss(self, loss: float) -> None:
        """The rate rises whatever the loss does."""


class LearningRateFinder:
    """One run whose rate rises with each update.

    Args:
        config: its schedule is not read.
        low, high: first and last rate.
        num_updates: in between.

    Source: Smith, Cyclical learning rates for training neural networks, 2017, arXiv:1506.01186.
    """

    def __init__(self, config: Config, low: float, high: float, num_updates: int):
        self._trainer = Trainer(config.replace(num_epochs=num_updates))  # longer than it will ever be
        self._trainer.schedule = Rise(low, high, num_updates)
        self._num_updates = num_updates
        train = self._trainer.data.train
        self._seen = Split(train.X[:MOST_SAMPLES], train.y[:MOST_SAMPLES])
        self.rates: list[float] = []
        self.losses: list[float] = []

    @property
    def has_ended(self) -> bool:
        return len(self.rates) == self._num_updates or self._trainer.status != RUNNING or self._has_gone_too_far()

    def _has_gone_too_far(self) -> bool:
        return bool(self.losses) and not self.losses[-1] <= TOO_HIGH * min(self.losses)  # NaN is not either

    def advance(self) -> None:
        """Take the loss, then one update at the next rate."""
        trainer, network = self._trainer, self._trainer.network
        with trainer.own_randomness():
            with evaluating(network, trainer.data.train.X):
                self.losses.append(evaluate(network, self._seen, trainer.loss).loss)
            self.rates.append(trainer.learning_rate)
            trainer.advance()


@dataclass(frozen=True)
class Suggestion:
    """What the curve says.

    Args:
        smoothed: (rows,) losses, as the marks read them.
        steepest: rate at which the loss falls fastest; None, as the others, when nothing was learned.
        lowest: highest rate at which it is still at its bottom.
        low, high: the interval from a tenth of `lowest` to `steepest`, in rising order.
        learning_rate: its upper end, in two digits.
    """

    smoothed: np.ndarray
    steepest: float | None = None
    lowest: float | None = None
    low: float | None = None
    high: float | None = None
    learning_rate: float | None = None


def suggestion(rates: np.ndarray, losses: np.ndarray) -> Suggestion:
    """Read a curve; losses that are not finite end it."""
    known = int(np.argmin(np.isfinite(losses))) if not np.isfinite(losses).all() else len(losses)
    if known < 3:
        return Suggestion(losses)
    smoothed = smooth(losses[:known], max(len(losses) // SMOOTHING, 1))
    nothing = Suggestion(np.append(smoothed, losses[known:]))
    bottom = int(smoothed.argmin())
    if smoothed[0] - smoothed[bottom] < LEAST_FALL * abs(smoothed[0]):
        return nothing
    slopes = np.gradient(smoothed, np.log(rates[:known]))
    steepest = float(rates[slopes[: bottom + 1].argmin()])
    risen = np.flatnonzero(smoothed[bottom:] > smoothed[bottom] + BOTTOM * (smoothed[0] - smoothed[bottom]))
    lowest = float(rates[bottom + risen[0] - 1] if risen.size else rates[known - 1])
    low, high = sorted((lowest / 10, steepest))
    return Suggestion(nothing.smoothed, steepest, lowest, low, high, _in_two_digits(high))


def smooth(values: np.ndarray, width: float) -> np.ndarray:
    """Means weighted by a bell of this standard deviation, in points; at the ends over what there is.

    It looks ahead as much as back: a moving average over the past would move every mark to higher rates.
    """
    reach = math.ceil(3 * width)
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) / width) ** 2)
    middle = slice(reach, reach + len(values))
    return np.convolve(values, bell)[middle] / np.convolve(np.ones(len(values)), bell)[middle]


def _in_two_digits(value: float) -> float:
    return float(f"{value:.2g}")
