"""Where the trials of a search are: a grid, or random points.

Both are given as shares of each axis, so that a log axis is searched evenly in its logarithm. A grid's points are the
centres of equal cells, as the lecture and its source draw it: none is wasted on the very border, and the nearest one is
never further than half a cell.

Source: Bergstra and Bengio, Random Search for Hyper-Parameter Optimization, 2012,
https://jmlr.org/papers/v13/bergstra12a.html
"""

import math
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import Any

from playground.config import SPECS
from playground.seeds import numpy_generator
from playground.train.search.space import Axis

Params = dict[str, Any]


def grid_levels(axes: Sequence[Axis], trials: int) -> tuple[int, ...]:
    """How many values of each axis a grid of at most `trials` points tries; a choice or a whole number never has more
    than there are.
    """
    return even_levels([_most_levels(axis) for axis in axes], trials)


def even_levels(most: Sequence[float], trials: int) -> tuple[int, ...]:
    """Numbers of values as even as can be, none above its entry of `most`.

    The axis with the fewest gets one more, the first of equals, as long as the whole grid is within `trials`.
    """
    levels = [1] * len(most)
    while True:
        for number in sorted(range(len(most)), key=levels.__getitem__):
            more = math.prod(levels) // levels[number] * (levels[number] + 1)
            if levels[number] < most[number] and more <= trials:
                levels[number] += 1
                break
        else:
            return tuple(levels)


def _most_levels(axis: Axis) -> float:
    if axis.choices:
        return len(axis.choices)
    return _most_whole_levels(axis) if SPECS[axis.field].is_whole else math.inf


@cache
def _most_whole_levels(axis: Axis) -> int:
    """The most levels that are all different; on a log axis small numbers come together long before large ones do."""
    numbers = range(1, int(axis.high - axis.low) + 2)
    return bisect_left(numbers, True, key=lambda levels: len(set(axis_values(axis, levels))) < levels)


def axis_values(axis: Axis, levels: int) -> list[Any]:
    """Values at the centres of equal cells; the first of the choices."""
    if axis.choices:
        return list(axis.choices[:levels])
    return [axis.value_at((level + 0.5) / levels) for level in range(levels)]


def grid_points(axes: Sequence[Axis], trials: int) -> list[Params]:
    """Every combination, the last axis changing fastest; at most `trials`."""
    columns = [axis_values(axis, levels) for axis, levels in zip(axes, grid_levels(axes, trials), strict=True)]
    return [dict(zip([axis.field for axis in axes], values, strict=True)) for values in product(*columns)]


def random_points(axes: Sequence[Axis], trials: int, seed: int) -> list[Params]:
    """Independent points, uniform on each axis, or on its logarithm; more trials of a seed begin with the same ones."""
    shares = numpy_generator(seed, "search").random((trials, len(axes))).tolist()
    return [{axis.field: axis.value_at(share) for axis, share in zip(axes, row, strict=True)} for row in shares]
