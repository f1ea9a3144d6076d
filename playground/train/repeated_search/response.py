"""Searches on a made surface, many repeats at once: a grid and as many random trials look for a known optimum."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from playground.catalog.response_surfaces import ResponseSurface
from playground.registry import resolve
from playground.seeds import numpy_generator


@dataclass(frozen=True)
class Searches:
    """R repeats of n trials by each method over D axes, all as shares of the axes.

    Args:
        optima: (R, D).
        grid: (n, D), the same in every repeat; random: (R, n, D).
        grid_scores, random_scores: (R, n), higher is better.
    """

    optima: np.ndarray
    grid: np.ndarray
    random: np.ndarray
    grid_scores: np.ndarray
    random_scores: np.ndarray


def grid_shares(levels: Sequence[int]) -> np.ndarray:
    """The centres of equal cells, (n, D), the last axis changing fastest."""
    return np.array(list(product(*[(np.arange(number) + 0.5) / number for number in levels])))


def search_surface(
    surface: ResponseSurface,
    levels: Sequence[int],
    seeds: Sequence[int],
    *,
    weight: float = 0.0,
    share: float = 0.0,
    optimum_seed: int | None = None,
) -> Searches:
    """One repeat a seed; a repeat does not depend on the others.

    Args:
        levels: number of the grid's values on each axis; as many random trials as the grid has.
        weight: of the other axes beside the first.
        share: of the space that a target takes.
        optimum_seed: draws one optimum for all repeats; None: each repeat has its own.
    """
    grid = grid_shares(levels)
    optimum_seeds = [seed if optimum_seed is None else optimum_seed for seed in seeds]
    optima = np.stack([numpy_generator(seed, "data").random(len(levels)) for seed in optimum_seeds])
    random = np.stack([numpy_generator(seed, "search").random(grid.shape) for seed in seeds])
    score = resolve(surface.target)
    return Searches(
        optima, grid, random, score(grid[None], optima, weight, share), score(random, optima, weight, share)
    )


def distance_scores(trials: np.ndarray, optima: np.ndarray, weight: float, share: float = 0.0) -> np.ndarray:
    """1 minus the distance to the optimum, the axes after the first shrunk by the weight.

    Args:
        trials: (R or 1, n, D).
        optima: (R, D).
        share: not read.

    Returns:
        (R, n).
    """
    weights = np.full(optima.shape[1], weight)
    weights[0] = 1
    return 1 - np.linalg.norm((trials - optima[:, None]) * weights, axis=2)


def target_scores(trials: np.ndarray, optima: np.ndarray, weight: float, share: float) -> np.ndarray:
    """1 within the box and 0 elsewhere; arguments as `distance_scores`, the optima as `target_box` takes them."""
    low, high = target_box(optima, weight, share)
    return np.all((trials >= low[:, None]) & (trials <= high[:, None]), axis=2).astype(float)


def target_box(optima: np.ndarray, weight: float, share: float) -> tuple[np.ndarray, np.ndarray]:
    """The two corners, (R, D) each, of a box that always lies within the space.

    Args:
        optima: (R, D), where the box lies: 0 at the lower end of an axis, 1 at the upper one.
    """
    sides = np.array(target_sides(optima.shape[1], weight, share))
    low = optima * (1 - sides)
    return low, low + sides


def target_sides(dimensions: int, weight: float, share: float) -> tuple[float, ...]:
    """Sides of a box of volume `share`: whole axes but for the first at weight 0, all equal at weight 1.

    Formula: r_j = q^(w / D) for j > 1, and r_1 = q / (their product).
    """
    other = share ** (weight / dimensions)
    return share / other ** (dimensions - 1), *[other] * (dimensions - 1)
