"""The closed forms against many draws, and against cases worked by hand."""

import numpy as np
import pytest

from playground.train.repeated_search.closed_form import (
    chance_grid_hits,
    chance_of_best,
    chance_random_closer,
    grid_distance,
    random_distance,
    trials_for,
)

DRAWS = 40_000
ERROR = 4 * 0.5 / DRAWS**0.5  # four standard errors of a chance at most


@pytest.mark.parametrize("levels", [1, 2, 3, 5])
@pytest.mark.parametrize("trials", [1, 4, 9])
def test_the_distances_and_who_is_closer(levels, trials):
    rng = np.random.default_rng(levels * 100 + trials)
    optimum, centres = rng.random((DRAWS, 1)), (np.arange(levels) + 0.5) / levels
    grid = np.abs(optimum - centres).min(axis=1)
    random = np.abs(optimum - rng.random((DRAWS, trials))).min(axis=1)
    for measured, expected in ((grid, grid_distance(levels)), (random, random_distance(trials))):
        assert measured.mean() == pytest.approx(expected, abs=4 * measured.std() / DRAWS**0.5)
    assert (random < grid).mean() == pytest.approx(chance_random_closer(levels, trials), abs=ERROR)


def test_nine_random_trials_against_three_by_three():
    assert grid_distance(3) == pytest.approx(0.0833, abs=5e-5)
    assert random_distance(9) == pytest.approx(0.0545, abs=5e-5)
    assert chance_random_closer(3, 9) == pytest.approx(0.6873, abs=5e-5)


def test_one_point_in_the_middle_against_one_anywhere():
    """By hand: with t = |x - 1/2| the point is nearer with chance 2 t where x - t >= 0, else 1/2."""
    assert chance_random_closer(1, 1) == pytest.approx(2 * (1 / 16) + 0.5 * 0.5)


def test_where_the_borders_are_forgotten_the_chance_is_wrong():
    """The wrong variant: (1 - 2 t)^n everywhere, as if the space had no ends."""
    forgotten = 1 - (1 - (1 - 1 / 3) ** 10) / (10 * 1 / 3)
    assert abs(forgotten - chance_random_closer(3, 9)) > ERROR


@pytest.mark.parametrize(("levels", "sides"), [
    ((3, 3), (0.05, 1.0)), ((3, 3), (0.3, 0.2)), ((2, 5), (0.4, 0.15)), ((1,), (0.7,)), ((4,), (0.25,)),
])  # fmt: skip
def test_how_often_a_grid_hits_a_box(levels, sides):
    low = np.random.default_rng(0).random((DRAWS, len(sides))) * (1 - np.array(sides))
    hits = np.ones(DRAWS, dtype=bool)
    for axis, (number, side) in enumerate(zip(levels, sides, strict=True)):
        centres = (np.arange(number) + 0.5) / number
        start = low[:, axis, None]
        hits &= np.any((centres >= start) & (centres <= start + side), axis=1)
    assert hits.mean() == pytest.approx(chance_grid_hits(levels, sides), abs=ERROR)


@pytest.mark.parametrize(("share", "chance", "trials"), [(0.05, 0.95, 59), (0.01, 0.95, 299), (0.5, 0.75, 2)])
def test_how_many_trials_it_takes(share, chance, trials):
    assert trials_for(share, chance) == trials
    assert chance_of_best(share, trials) >= chance - 1e-9 > chance_of_best(share, trials - 1)
