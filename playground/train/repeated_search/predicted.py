"""predicted: what the closed forms say of a repeated search on a made surface."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from playground.catalog.response_surfaces import FIRST_ALONE, ResponseSurface
from playground.train.repeated_search.closed_form import (
    chance_grid_hits,
    chance_of_best,
    chance_random_closer,
    grid_distance,
    random_distance,
)
from playground.train.repeated_search.response import target_sides


@dataclass(frozen=True)
class Predicted:
    """Over all places that an optimum may have.

    Args:
        grid, random: mean of the best score.
        random_wins, grid_wins: chances; what is left is a tie.
    """

    grid: float
    random: float
    random_wins: float
    grid_wins: float


def predicted(surface: ResponseSurface, levels: Sequence[int], *, weight: float, share: float) -> Predicted | None:
    """None where no closed form holds: on a surface without a target as soon as a second axis matters.

    Args:
        levels: of the grid on each axis; as many random trials as the grid has.
        weight, share: as in `response.search_surface`.
    """
    trials = math.prod(levels)
    if surface.is_target:
        # Where the box lies decides whether the grid hits it, and not how often random trials do.
        grid = chance_grid_hits(levels, target_sides(len(levels), weight, share))
        random = chance_of_best(share, trials)
        return Predicted(grid, random, random * (1 - grid), grid * (1 - random))
    if weight != FIRST_ALONE and len(levels) > 1:
        return None
    closer = chance_random_closer(levels[0], trials)
    return Predicted(1 - grid_distance(levels[0]), 1 - random_distance(trials), closer, 1 - closer)
