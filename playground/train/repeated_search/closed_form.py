"""What theory says of random trials against a grid when one axis alone matters, or when a target is to be hit.

Source: Bergstra and Bengio, Random Search for Hyper-Parameter Optimization, 2012,
https://jmlr.org/papers/v13/bergstra12a.html
"""

import math
from collections.abc import Sequence


def chance_of_best(share: float, trials: int) -> float:
    """Chance that one of the random trials is in the best `share` of the space.

    Formula: 1 - (1 - q)^n.
    """
    return 1 - (1 - share) ** trials


def trials_for(share: float, chance: float) -> int:
    """How many random trials it takes until `chance_of_best` is at least this chance.

    Formula: log(1 - p) / log(1 - q), rounded up.
    """
    return math.ceil(math.log(1 - chance) / math.log(1 - share) - 1e-9)


def grid_distance(levels: int) -> float:
    """Mean distance from an optimum, uniform in [0, 1], to the nearest of the centres of that many cells.

    Formula: 1 / (4 k); a grid of k x k points has only k values of an axis.
    """
    return 1 / (4 * levels)


def random_distance(trials: int) -> float:
    """The same to the nearest of uniform points.

    Formula: (n + 3) / (2 (n + 1) (n + 2)), the mean of (1 - length of [x - t, x + t] within [0, 1])^n over x and t.
    """
    return (trials + 3) / (2 * (trials + 1) * (trials + 2))


def chance_random_closer(levels: int, trials: int) -> float:
    """Chance that the nearest of uniform points is nearer to the optimum than the nearest centre is.

    The grid's distance t leaves all points outside [x - t, x + t] with chance (1 - its length within [0, 1])^n. That is
    (1 - 2 t)^n for an optimum in the inner halves of the cells; in the two outer halves the interval is cut at the
    border as soon as t > 1 / (4 k), and its length stays 1 / (2 k).
    """
    inner = (2 * levels - 2) * _mean_below(1 / (2 * levels), trials)
    outer = 2 * (_mean_below(1 / (4 * levels), trials) + (1 - 1 / (2 * levels)) ** trials / (4 * levels))
    return 1 - inner - outer


def _mean_below(end: float, trials: int) -> float:
    """Integral of (1 - 2 t)^n over t from 0 to the end."""
    return (1 - (1 - 2 * end) ** (trials + 1)) / (2 * (trials + 1))


def chance_grid_hits(levels: Sequence[int], sides: Sequence[float]) -> float:
    """Chance that a grid has a point in a box of these sides that lies anywhere within the space.

    On each axis: the part of the places for the side, 1 - r of them, where it holds one of the k centres. A side of
    1 / k or more always does.
    """
    return math.prod(_chance_axis_hits(number, side) for number, side in zip(levels, sides, strict=True))


def _chance_axis_hits(levels: int, side: float) -> float:
    if side * levels >= 1:
        return 1.0
    cut = max(0.0, side - 1 / (2 * levels))  # at either border, where the side would reach out of the space
    return (levels * side - 2 * cut) / (1 - side)
