"""verdict: how often random trials beat a grid of as many, and by how much, over many repeats of the comparison."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

LEVEL = 0.95  # of every interval
EQUAL = 1e-9  # scores nearer than this are a tie


@dataclass(frozen=True)
class Verdict:
    """Both methods over the repeats; a difference is random's best score minus the grid's.

    Args:
        random_wins, grid_wins, ties: repeats. A method without a score loses; two without are a tie.
        share_low, share_high: interval of the chance that random wins, ties being no wins; 0 and 1 before the first.
        ahead_low, ahead_high: the same among the repeats without ties.
        mean, median: difference; None before the first repeat in which both have a score.
        median_low, median_high: its interval; None where the repeats are too few for one.
        grid_lost, random_lost: repeats in which the method had no score, which are in no difference.
    """

    random_wins: int
    grid_wins: int
    ties: int
    share_low: float
    share_high: float
    ahead_low: float
    ahead_high: float
    mean: float | None
    median: float | None
    median_low: float | None
    median_high: float | None
    grid_lost: int = 0
    random_lost: int = 0

    @property
    def num_repeats(self) -> int:
        return self.random_wins + self.grid_wins + self.ties


def verdict(grid: Sequence[float], random: Sequence[float]) -> Verdict:
    """Compare the best scores of equally many trials, repeat by repeat.

    Args:
        grid, random: (R,), higher is better; NaN where no trial of that repeat had a score.
    """
    differences = np.asarray(random, dtype=float) - np.asarray(grid, dtype=float)
    lost_grid, lost_random = np.isnan(grid), np.isnan(random)
    differences[lost_grid & ~lost_random], differences[lost_random & ~lost_grid] = np.inf, -np.inf
    wins, losses = int((differences > EQUAL).sum()), int((differences < -EQUAL).sum())
    compared = np.sort(differences[np.isfinite(differences)])
    low, high = median_interval(compared)
    return Verdict(
        wins,
        losses,
        len(differences) - wins - losses,
        *wilson_interval(wins, len(differences)),
        *wilson_interval(wins, wins + losses),
        mean=float(compared.mean()) if len(compared) else None,
        median=float(np.median(compared)) if len(compared) else None,
        median_low=low,
        median_high=high,
        grid_lost=int(lost_grid.sum()),
        random_lost=int(lost_random.sum()),
    )


def wilson_interval(wins: int, repeats: int) -> tuple[float, float]:
    """Interval of a chance after so many wins; it stays within [0, 1] and has a width even at 0 or all wins.

    Formula: (w + z^2 / 2 +- z sqrt(w (n - w) / n + z^2 / 4)) / (n + z^2).
    By hand, because a page joins the parts of a run, and scipy.stats would keep it waiting for a second.

    Source: Wilson, Probable inference, the law of succession, and statistical inference, 1927.
    """
    if repeats == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    middle = wins + z * z / 2
    reach = z * math.sqrt(wins * (repeats - wins) / repeats + z * z / 4)
    low, high = ((middle + side) / (repeats + z * z) for side in (-reach, reach))
    return (0.0 if wins == 0 else low), (1.0 if wins == repeats else high)


def median_interval(rising: np.ndarray) -> tuple[float | None, float | None]:
    """Interval of the median that holds for every distribution; None twice for fewer than six values.

    The number of values below the median is binomial with chance 1/2, so the k-th smallest and the k-th largest hold
    it between them unless fewer than k values lie on one side.

    Args:
        rising: values in rising order.

    Source: Conover, Practical nonparametric statistics, section 3.2, 1999.
    """
    count = len(rising)
    steps = np.arange(1, count + 1)
    logs = np.concatenate([[0.0], np.cumsum(np.log((count - steps + 1) / steps))]) - count * math.log(2)
    fewest = int(np.searchsorted(np.cumsum(np.exp(logs)), (1 - LEVEL) / 2, side="right"))
    if fewest == 0:
        return None, None
    return float(rising[fewest - 1]), float(rising[count - fewest])
