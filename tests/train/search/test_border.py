"""The border detector on scores whose shape is known."""

import numpy as np
import pytest

from playground.train.search.border import border, flat_end
from playground.train.search.plateau import bend

NAN = float("nan")


def grid(levels):
    return np.repeat((np.arange(levels) + 0.5) / levels, levels)


def rng(seed):
    return np.random.default_rng(seed)


PLACES = {"3 x 3": grid(3), "5 x 5": grid(5), "9 x 9": grid(9), "25": rng(0).random(25), "81": rng(1).random(81)}
MANY = ("5 x 5", "9 x 9", "25", "81")


@pytest.mark.parametrize("places", PLACES)
@pytest.mark.parametrize(
    "shape", [lambda u: u, lambda u: u**3, lambda u: -np.exp(-3 * u)], ids=["line", "late", "early"]
)
def test_scores_that_rise_to_an_end_name_it(places, shape):
    place = PLACES[places]
    noise = 0.02 * rng(2).standard_normal(len(place))
    assert border(place, shape(place) + noise) == "high"
    assert border(1 - place, shape(place) + noise) == "low"


@pytest.mark.parametrize("places", MANY)
@pytest.mark.parametrize("peak", [0.3, 0.5, 0.7])
def test_a_peak_inside_is_no_border(places, peak):
    place = PLACES[places]
    noise = 0.02 * rng(2).standard_normal(len(place))
    assert border(place, -np.abs(place - peak) + noise) == "none"


def by_hand(best):
    """Eleven trials, an even step apart, each better than the one before up to here; from here on all are equal."""
    place = np.linspace(0, 1, 11)
    return place, np.minimum(place, best)


@pytest.mark.parametrize("best", [0.8, 0.9])
def test_of_equally_good_trials_the_one_at_the_end_counts(best):
    place, scores = by_hand(best)
    assert (border(place, scores), border(1 - place, scores)) == ("high", "low")


@pytest.mark.parametrize(("best", "found"), [(0.85, ("none", "none")), (0.9, ("high", "low"))])
def test_a_best_trial_is_at_the_end_from_a_tenth_before_it_on(best, found):
    place = np.linspace(0, 1, 21)
    scores = np.where(place < 0.76, place, 0.7)
    scores[np.isclose(place, best)] = 2.0
    assert (border(place, scores), border(1 - place, scores)) == found


@pytest.mark.parametrize(("number", "found"), [(14, "none"), (15, "high")])
def test_from_fifteen_trials_on_a_single_best_one_may_be_chance(number, found):
    place = np.linspace(0, 1, number)
    scores = place.copy()
    scores[np.searchsorted(place, 0.7)] = 2.0
    assert border(place, scores) == found


def test_noise_alone_is_hardly_ever_a_border():
    found = [border(rng(seed).random(25), rng(seed + 1000).standard_normal(25)) for seed in range(200)]
    assert found.count("none") >= 195


@pytest.mark.parametrize("places", MANY)
def test_scores_that_break_down_before_the_end_are_no_border(places):
    """Rising with the learning rate until training diverges: the usual case."""
    place = PLACES[places]
    assert border(place, np.where(place > 0.8, NAN, place)) == "none"
    assert border(place, np.where(place > 0.8, -1, place)) == "none"


def test_diverged_trials_at_the_other_end_do_not_hide_it():
    place = PLACES["81"]
    assert border(place, np.where(place < 0.3, NAN, place)) == "high"


@pytest.mark.parametrize("scores", [[], [1.0], [1, 2, 3, 4], [NAN] * 9, [1.0] * 9], ids=str)
def test_too_few_or_equal_scores_say_nothing(scores):
    assert border(np.arange(len(scores)) / 9, scores) == "none"


def test_all_trials_at_one_place_say_nothing():
    assert border([0.5] * 9, range(9)) == "none"


# The 22 trials of a fine search over rates 1e-4 to 1e-3, which the lecture took for being too near the lower end.
# Source: Stanford CS231n, Training Neural Networks, hyperparameter search (validation accuracy, learning rate).
LECTURE = np.array([
    (0.527, 5.340517e-4), (0.492, 2.279484e-4), (0.512, 8.680827e-4), (0.461, 1.028377e-4), (0.460, 1.113730e-4),
    (0.498, 9.477776e-4), (0.469, 1.484369e-4), (0.522, 5.586261e-4), (0.530, 5.808183e-4), (0.489, 1.979168e-4),
    (0.490, 2.036031e-4), (0.475, 2.021162e-4), (0.460, 1.135527e-4), (0.515, 6.947668e-4), (0.531, 9.471549e-4),
    (0.509, 3.140888e-4), (0.514, 6.438349e-4), (0.502, 3.921784e-4), (0.509, 9.752279e-4), (0.500, 2.412048e-4),
    (0.466, 1.319314e-4), (0.516, 8.039527e-4),
])  # fmt: skip


def test_the_lectures_own_search_is_at_its_upper_border():
    assert border(np.log10(LECTURE[:, 1] / 1e-4), LECTURE[:, 0]) == "high"


@pytest.mark.parametrize("places", ["9 x 9", "81"])
@pytest.mark.parametrize("start", [0.35, 0.5])
def test_a_plateau_up_to_an_end_is_no_border_and_is_told(places, start):
    """The wrong variant asks for a rise over the whole range alone, which a plateau has too."""
    place, found, flats = PLACES[places], [], []
    for seed in range(20):
        score = np.minimum(place, start) + 0.02 * rng(seed).standard_normal(len(place))
        found.append(border(place, score))
        flats.append(flat_end(place, score))
    assert found.count("none") >= 17
    ends = [end for end, _ in flats]
    assert ends.count("high") >= 10 and "low" not in ends
    assert np.median([share for end, share in flats if end == "high"]) == pytest.approx(start, abs=0.12)


def noisy(place, start, seed):
    """Scores that another hyperparameter decides more than this one, as in the page's own search."""
    return np.minimum(place, start) + rng(seed).random(len(place))


@pytest.mark.parametrize("places", ["9 x 9", "81"])
def test_a_plateau_under_much_noise_is_hardly_ever_a_border(places):
    place = PLACES[places]
    found = [border(place, noisy(place, 0.45, seed)) for seed in range(30)]
    assert found.count("none") >= 27 and "low" not in found


@pytest.mark.parametrize("places", PLACES)
def test_scores_that_rise_to_an_end_are_not_flat(places):
    place = PLACES[places]
    for shape in (place, place**3, -np.exp(-3 * place)):
        assert flat_end(place, shape + 0.02 * rng(2).standard_normal(len(place)))[0] == "none"


@pytest.mark.parametrize("places", MANY)
def test_a_peak_inside_is_not_flat(places):
    place = PLACES[places]
    assert flat_end(place, -np.abs(place - 0.6) + 0.02 * rng(2).standard_normal(len(place)))[0] == "none"


def test_the_lectures_search_levels_off_only_near_its_end():
    share = np.log10(LECTURE[:, 1] / 1e-4)
    assert flat_end(share, LECTURE[:, 0])[0] == "none" and bend(share, LECTURE[:, 0]) > 2 / 3


def test_a_bend_is_where_the_ramp_ends():
    place = (np.arange(60) + 0.5) / 60
    assert bend(place, place) == 1
    stairs = np.repeat([0.0, 1.0, 2.0], [20, 20, 20]) + np.where(place < 1 / 3, 1e-9 * place, 0)
    assert 1 / 3 < bend(place, np.minimum(stairs, 1)) < 0.5  # up to a third low, then high
