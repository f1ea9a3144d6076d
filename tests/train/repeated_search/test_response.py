"""Searches on made surfaces, against NumPy and against what theory says of them."""

import numpy as np
import pytest

from playground.catalog import RESPONSE_SURFACES
from playground.catalog.response_surfaces import ALL_ALIKE, FIRST_ALONE
from playground.train.repeated_search.closed_form import chance_of_best, chance_random_closer
from playground.train.repeated_search.predicted import predicted
from playground.train.repeated_search.response import (
    distance_scores,
    grid_shares,
    search_surface,
    target_box,
    target_scores,
    target_sides,
)
from playground.train.search.points import grid_points, random_points
from playground.train.search.space import parse_space

REPEATS = 3000
DISTANCE = next(row for row in RESPONSE_SURFACES.values() if not row.is_target)
TARGET = next(row for row in RESPONSE_SURFACES.values() if row.is_target)


def best(surface, levels, **how):
    searches = search_surface(surface, levels, range(REPEATS), **how)
    return searches.grid_scores.max(axis=1), searches.random_scores.max(axis=1)


def error(values: np.ndarray) -> float:
    """Four standard errors of a mean."""
    return 4 * values.std() / len(values) ** 0.5


def test_trials_are_where_a_real_search_puts_them():
    space = parse_space("label_noise:0..0.9,dropout:0..0.9")
    searches = search_surface(DISTANCE, (3, 2), [5, 6])
    for repeat, seed in enumerate((5, 6)):
        points = [list(point.values()) for point in random_points(space, 6, seed)]
        np.testing.assert_allclose(searches.random[repeat] * 0.9, points)
    np.testing.assert_allclose(searches.grid * 0.9, [list(point.values()) for point in grid_points(space, 6)])


def test_a_repeat_does_not_depend_on_the_others():
    together = search_surface(DISTANCE, (3, 3), range(10), weight=0.5)
    alone = search_surface(DISTANCE, (3, 3), [7], weight=0.5)
    np.testing.assert_array_equal(together.random_scores[7], alone.random_scores[0])
    assert len(np.unique(together.optima)) == 20


def test_an_optimum_can_stay_and_the_grid_then_finds_the_same_every_time():
    searches = search_surface(DISTANCE, (3, 3), range(10), optimum_seed=3)
    assert len(np.unique(searches.optima, axis=0)) == 1
    assert len(np.unique(searches.grid_scores.max(axis=1))) == 1 < len(np.unique(searches.random_scores.max(axis=1)))


def test_scores_by_hand():
    trials, optima = np.array([[[0.5, 0.9], [0.2, 0.5]]]), np.array([[0.5, 0.5]])
    assert distance_scores(trials, optima, FIRST_ALONE).tolist() == [pytest.approx([1.0, 0.7])]
    assert distance_scores(trials, optima, ALL_ALIKE).tolist() == [pytest.approx([0.6, 0.7])]
    assert distance_scores(trials, optima, 0.5).tolist() == [pytest.approx([0.8, 0.7])]
    low, high = target_box(optima, FIRST_ALONE, 0.1)
    assert (low[0].tolist(), high[0].tolist()) == (pytest.approx([0.45, 0]), pytest.approx([0.55, 1]))
    assert target_scores(trials, optima, FIRST_ALONE, 0.1).tolist() == [[1, 0]]
    assert target_scores(trials, optima, ALL_ALIKE, 0.1).tolist() == [[0, 0]]


@pytest.mark.parametrize("weight", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("dimensions", [1, 2, 4])
def test_a_target_always_has_its_share_of_the_space(dimensions, weight):
    sides = target_sides(dimensions, weight, 0.05)
    assert np.prod(sides) == pytest.approx(0.05) and len(sides) == dimensions
    assert max(sides) - min(sides) == pytest.approx(0) or weight < 1
    low, high = target_box(np.array([[0.0] * dimensions, [1.0] * dimensions]), weight, 0.05)
    assert low.min() >= 0 and high.max() <= 1 + 1e-12


@pytest.mark.parametrize("levels", [(3, 3), (5, 5), (9,), (2, 2, 2), (3, 2)])
def test_where_one_axis_matters_theory_is_measured(levels):
    grid, random = best(DISTANCE, levels, weight=FIRST_ALONE)
    expected = predicted(DISTANCE, levels, weight=FIRST_ALONE, share=0)
    assert grid.mean() == pytest.approx(expected.grid, abs=error(grid))
    assert random.mean() == pytest.approx(expected.random, abs=error(random))
    assert (random > grid).mean() == pytest.approx(expected.random_wins, abs=error(random > grid))
    assert expected.random_wins + expected.grid_wins == 1


@pytest.mark.parametrize(("levels", "weight"), [((3, 3), 0.0), ((3, 3), 1.0), ((2, 2, 2), 0.6), ((9,), 0.0)])
def test_hits_and_ties_of_a_target_are_those_of_theory(levels, weight):
    grid, random = best(TARGET, levels, weight=weight, share=0.05)
    expected = predicted(TARGET, levels, weight=weight, share=0.05)
    assert grid.mean() == pytest.approx(expected.grid, abs=error(grid) + 1e-9)
    assert random.mean() == pytest.approx(chance_of_best(0.05, int(np.prod(levels))), abs=error(random))
    assert (random > grid).mean() == pytest.approx(expected.random_wins, abs=error(random > grid))
    assert (random < grid).mean() == pytest.approx(expected.grid_wins, abs=error(random < grid))


def test_no_closed_form_is_claimed_where_a_second_axis_matters():
    assert predicted(DISTANCE, (3, 3), weight=0.05, share=0) is None
    assert predicted(DISTANCE, (9,), weight=ALL_ALIKE, share=0) is not None


def test_the_advantage_shrinks_with_the_weight_of_the_other_axis():
    gains = []
    for weight in (FIRST_ALONE, 0.3, ALL_ALIKE):
        grid, random = best(DISTANCE, (5, 5), weight=weight)
        gains.append((random - grid).mean())
    assert gains[0] > gains[1] > gains[2] and gains[2] < 0


def test_one_even_row_is_better_than_random_on_a_single_axis():
    grid, random = best(DISTANCE, (9,), weight=FIRST_ALONE)
    assert (random > grid).mean() < 0.4 and random.mean() < grid.mean()


def test_a_comparison_at_unequal_trials_is_told_apart():
    """The wrong variant gives random as many trials as were asked for, and the grid the fewer that fill it."""
    grid, random = best(DISTANCE, (3, 3), weight=FIRST_ALONE)
    rng = np.random.default_rng(0)
    more = 1 - np.abs(rng.random((REPEATS, 15)) - rng.random((REPEATS, 1))).min(axis=1)
    assert (more > grid).mean() - chance_random_closer(3, 9) > error(more > grid) > 0
    assert abs((random > grid).mean() - chance_random_closer(3, 9)) < error(random > grid)
    assert len(grid_shares((3, 3))) == search_surface(DISTANCE, (3, 3), [0]).random.shape[1] == 9
