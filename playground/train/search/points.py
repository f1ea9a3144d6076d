"""Where the trials of a search are: a grid, or random points.

Both are given as shares of each axis, so that a log axis is searched evenly in its logarithm. A grid's points are the
centres of equal cells, as the lecture and its source draw it: none is wasted on the very border, and the nearest one is
never further than half a cell.

Source: Bergstra and Bengio, Random Search for Hyper-Parameter Optimization, 2012,
https://jmlr.org/papers/v13/bergstra12a.html
"""

import math
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import product
from typing import Any

from playground.fields import SPECS
from playground.seeds import numpy_generator
from playground.train.search.axis import Axis

Params = dict[str, Any]


def grid_levels(axes: Sequence[Axis], trials: int) -> tuple[int, ...]:
    """How many values of each axis a grid of at most `trials` points tries; a choice or a whole number never has more
    than there are.
    """
    return even_levels([_most_levels(axis) for axis in axes], trials, lambda levels: grid_size(axes, levels))


def even_levels(
    most: Sequence[float], trials: int, size: Callable[[Sequence[int]], int] = math.prod
) -> tuple[int, ...]:
    """Numbers of values as even as can be, none above its entry of `most`.

    The axis with the fewest gets one more, the first of equals, as long as the whole grid is within `trials`.

    Args:
        size: of a grid with these numbers of values.
    """
    levels = [1] * len(most)
    while True:
        for number in sorted(range(len(most)), key=levels.__getitem__):
            more = [level + (place == number) for place, level in enumerate(levels)]
            if levels[number] < most[number] and size(levels) < size(more) <= trials:
                levels = more
                break
        else:
            return tuple(levels)


def grid_size(axes: Sequence[Axis], levels: Sequence[int]) -> int:
    """Points of a grid with so many values of each axis: one that depends on a choice counts only with that choice."""
    level = {axis.field: number for axis, number in zip(axes, levels, strict=True)}
    chosen = {axis.depends_on for axis in axes}
    deciding, others = ([axis for axis in axes if (axis.field in chosen) == is_in] for is_in in (True, False))
    total = 0
    for names in product(*(axis.choices[: level[axis.field]] for axis in deciding)):
        params = dict(zip([axis.field for axis in deciding], names, strict=True))
        total += math.prod(level[axis.field] for axis in others if axis.is_active(params))
    return total


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
    fields = [axis.field for axis in axes]
    points = [active(axes, dict(zip(fields, values, strict=True))) for values in product(*columns)]
    return [dict(point) for point in dict.fromkeys(tuple(point.items()) for point in points)]


def active(axes: Sequence[Axis], params: Mapping[str, Any]) -> Params:
    """The values of those fields that a trial with these choices sets."""
    return {axis.field: params[axis.field] for axis in axes if axis.is_active(params)}


def random_points(axes: Sequence[Axis], trials: int, seed: int) -> list[Params]:
    """Independent points, uniform on each axis, or on its logarithm; more trials of a seed begin with the same ones."""
    shares = numpy_generator(seed, "search").random((trials, len(axes))).tolist()
    points = [{axis.field: axis.value_at(share) for axis, share in zip(axes, row, strict=True)} for row in shares]
    return [active(axes, point) for point in points]
