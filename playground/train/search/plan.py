"""The trials of one repeat of a search, before any of them is trained."""

from collections.abc import Sequence
from itertools import chain, zip_longest

from playground.train.search.axis import Axis
from playground.train.search.halving import rungs
from playground.train.search.methods import GRID, HALVING, RANDOM, TPE
from playground.train.search.points import Params, grid_levels, grid_points, grid_size, random_points
from playground.train.search.trials import Trial


def trials_each(axes: Sequence[Axis], methods: Sequence[str], trials: int) -> int:
    """Whole runs that each method may spend: those of the grid where there is one, so that all are treated alike."""
    return grid_size(axes, grid_levels(axes, trials)) if GRID in methods else trials


def counts(axes: Sequence[Axis], methods: Sequence[str], trials: int, num_epochs: int) -> dict[str, int]:
    """Method -> its number of trials; successive halving starts more of them, for fewer epochs."""
    each = trials_each(axes, methods, trials)
    return {method: rungs(each, num_epochs)[0].trials if method == HALVING else each for method in methods}


def plan_repeat(
    axes: Sequence[Axis], methods: Sequence[str], trials: int, num_epochs: int, seed: int, repeat: int
) -> list[Trial]:
    """The trials of one repeat, the first of each method, then the second of each, and so on.

    Successive halving begins with the points of the random trials and goes on with more of the same stream: what it
    finds more is then the method's doing, not the luck of the draw. The values of TPE's trials come with the search.

    Args:
        trials: at most as many of each method; those of successive halving cost as many epochs.
        seed: of the first repeat; each has random points, data, weights and order of its own.
    """
    count = counts(axes, methods, trials, num_epochs)
    most = max((count[method] for method in methods if method in (RANDOM, HALVING)), default=0)
    drawn = random_points(axes, most, seed + repeat)
    points: dict[str, list[Params]] = {
        GRID: grid_points(axes, trials) if GRID in methods else [],
        RANDOM: drawn,
        HALVING: drawn,
        TPE: [{}] * count.get(TPE, 0),
    }
    columns = [[(method, params) for params in points[method][: count[method]]] for method in methods]
    in_turn = [pair for pair in chain.from_iterable(zip_longest(*columns)) if pair]
    first = repeat * len(in_turn)
    return [Trial(method, repeat, params, first + place) for place, (method, params) in enumerate(in_turn)]


def plan_known(trials: Sequence[Trial]) -> list[Trial]:
    """Those whose values are known before they begin."""
    return [trial for trial in trials if trial.params]
