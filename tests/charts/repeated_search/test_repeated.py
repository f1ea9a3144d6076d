"""The pictures of repeated searches: what is counted, where it is drawn, and what is said beside it."""

from dataclasses import replace

import numpy as np
import pytest

from playground.charts.repeated_search.best import BINS, HEADROOM, TIE, best_scores_data, differences_data
from playground.charts.repeated_search.theory import (
    MOST_GRID_TRIALS,
    RANDOM_TRIALS,
    YOURS,
    chance_data,
    distance_data,
)
from playground.charts.repeated_search.trials import OPTIMUM, num_values, repeated_trials_data
from playground.jobs.repeated_search.snapshot import ShownRepeat
from playground.train.repeated_search.verdict import verdict

RNG = np.random.default_rng(0)
SCORES = RNG.random(60), RNG.random(60) + 0.2
NONE = float("nan")


def bars(frame, kind):
    return frame[(frame["text"] == "") & (frame["kind"] == kind)]


@pytest.mark.parametrize(("kind", "scores", "sign"), [("grid", SCORES[0], -1), ("random", SCORES[1], 1)])
def test_each_method_has_its_histogram_over_common_bins(kind, scores, sign):
    shown = bars(best_scores_data(*SCORES), kind)
    edges = np.linspace(min(map(np.min, SCORES)), max(map(np.max, SCORES)), BINS + 1)
    expected = np.histogram(scores, edges)[0]
    assert (sign * shown["count"]).tolist() == expected[expected > 0].tolist()
    np.testing.assert_allclose(shown["low"], edges[:-1][expected > 0])
    np.testing.assert_allclose(shown["high"], edges[1:][expected > 0])


def test_the_median_of_each_method_is_said_above_its_tallest_bar():
    frame = best_scores_data(*SCORES)
    for kind, scores in zip(("grid", "random"), SCORES, strict=True):
        row = frame[(frame["text"] != "") & (frame["kind"] == kind)].iloc[0]
        assert row["low"] == pytest.approx(np.median(scores))
        assert row["text"].endswith(f"median {np.median(scores):.3g}")
        assert abs(row["count"]) == pytest.approx(HEADROOM * frame[frame["text"] == ""]["count"].abs().max())
    assert best_scores_data([0.5], [0.75], is_share=True)["text"].iloc[-1] == "Grid: median 50.0%"


def test_one_score_alone_has_a_bar_of_some_width():
    shown = best_scores_data([0.9, 0.9], [0.9, 0.9])
    assert (bars(shown, "grid")["high"] - bars(shown, "grid")["low"]).tolist() == [pytest.approx(0.02)]
    assert bars(shown, "random")["count"].tolist() == [2]


def test_repeats_without_a_score_have_no_bar():
    shown = best_scores_data([NONE, 0.5], [NONE, NONE])
    assert set(shown["kind"]) == {"grid"} and bars(shown, "grid")["count"].tolist() == [-1]


def test_differences_lie_on_the_side_of_who_was_better():
    grid, random = np.array([0.5, 0.5, 0.5, 0.5, 0.5]), np.array([0.9, 0.52, 0.5, 0.4, 0.5])
    frame = differences_data(grid, random, verdict(grid, random))
    assert bars(frame, "random")["count"].sum() == 2 and (bars(frame, "random")["low"] >= 0).all()
    assert bars(frame, "grid")["count"].sum() == 1 and (bars(frame, "grid")["high"] <= 0).all()
    tie = bars(frame, TIE).iloc[0]
    assert tie["count"] == 2 and tie["low"] == -tie["high"] < 0
    assert set(frame["text"]) - {""} == {"Grid better: 1", "Random better: 2", "Equal: 2"}


def test_the_bars_hold_every_difference():
    frame = differences_data(*SCORES, verdict(*SCORES))
    differences = SCORES[1] - SCORES[0]
    assert bars(frame, "random")["count"].sum() == (differences > 0).sum()
    assert bars(frame, "grid")["count"].sum() == (differences < 0).sum()
    assert bars(frame, "random")["high"].max() <= np.abs(differences).max() + 1e-12


def test_without_a_tie_none_is_named_and_a_missing_score_is_counted():
    frame = differences_data([NONE, 0.5], [0.5, 0.6], verdict([NONE, 0.5], [0.5, 0.6]))
    assert set(frame["text"]) - {""} == {"Grid better: 0", "Random better: 2"}
    assert frame[frame["text"] == ""]["count"].sum() == 1


def test_before_the_first_repeat_the_axes_are_empty():
    nothing = np.array([])
    assert len(best_scores_data(nothing, nothing)) == len(differences_data(nothing, nothing, verdict([], []))) == 0
    assert len(repeated_trials_data(None)) == 0


SHOWN = ShownRepeat(
    grid=np.array([[0.25, 0.25], [0.25, 0.75], [0.75, 0.25], [0.75, 0.75]]),
    random=np.array([[0.1, 0.2], [0.3, 0.9], [0.5, 0.4], [0.95, 0.6]]),
    grid_scores=np.array([0.7, 0.7, 0.8, 0.8]),
    random_scores=np.array([0.55, 0.75, 0.95, NONE]),
    optimum=(0.55, 0.55),
)


def test_trials_in_the_same_place_are_one_point_with_their_number():
    frame = repeated_trials_data(SHOWN)
    grid = frame[frame["method"] == "grid"]
    assert grid[["x", "y", "trials", "is_best"]].values.tolist() == [[0.25, 0.7, 2, False], [0.75, 0.8, 2, True]]
    random = frame[frame["method"] == "random"]
    assert random["trials"].tolist() == [1] * 4 and random[random["is_best"]]["x"].tolist() == [0.5]
    assert num_values(SHOWN) == {"grid": 2, "random": 4}


def test_the_optimum_is_on_its_own_axis_alone():
    assert repeated_trials_data(SHOWN).iloc[0][["method", "x", "high"]].tolist() == [OPTIMUM, 0.55, 0.55]
    second = repeated_trials_data(SHOWN, axis=1)
    assert OPTIMUM not in set(second["method"])
    assert sorted(second[second["method"] == "random"]["x"]) == [0.2, 0.4, 0.6, 0.9]
    assert len(repeated_trials_data(SHOWN, axis=2)) == 0


def test_among_equals_none_stands_out():
    frame = repeated_trials_data(replace(SHOWN, grid_scores=np.zeros(4)))
    assert not frame[frame["method"] == "grid"]["is_best"].any()
    lost = repeated_trials_data(replace(SHOWN, random_scores=np.full(4, NONE)))
    assert not lost[lost["method"] == "random"]["is_best"].any()


def test_the_chance_is_read_off_at_both_axes():
    frame = chance_data((0.05, 0.5), 0.05, 60)
    line = frame[frame["series"] == "5%"]
    np.testing.assert_allclose(line["y"], 1 - 0.95 ** line["x"])
    assert frame[frame["series"] == YOURS][["x", "y"]].values.tolist() == [
        [0, pytest.approx(0.954, abs=5e-4)], [60, pytest.approx(0.954, abs=5e-4)], [60, 0],
    ]  # fmt: skip


def test_the_distances_are_those_of_full_grids():
    frame = distance_data(3, 2)
    plane = frame[frame["series"] == "grid 2D"]
    np.testing.assert_allclose(plane["y"], 1 / (4 * np.sqrt(plane["x"])))
    assert frame["x"].max() <= MOST_GRID_TRIALS
    assert frame[frame["series"] == YOURS]["x"].tolist() == [9, 9]
    assert frame[frame["series"] == YOURS]["y"].tolist() == [pytest.approx(0.0545, abs=5e-5), pytest.approx(1 / 12)]
    random = frame[frame["series"] == RANDOM_TRIALS].set_index("x")["y"]
    row = frame[frame["series"] == "grid 1D"].set_index("x")["y"]
    assert (row.loc[row.index > 1] < random.reindex(row.index)[row.index > 1]).all()  # an even row is closer
