"""Trials in pictures: colours, places, crosses, the best, stairs, table and curves."""

import numpy as np
import pytest

from playground.charts import theme
from playground.charts.search.best import best_data, best_so_far
from playground.charts.search.point_rows import NO_SCORE, points_data
from playground.charts.search.scores import score_bar_data, score_scale
from playground.charts.search.table import trial_export, trial_table
from playground.charts.search.trial import trial_accuracy_data, trial_loss_data
from playground.train.search.points import grid_points, random_points
from playground.train.search.space import parse_space
from playground.train.search.trials import Trial, TrialCurve

SPACE = parse_space("learning_rate:1e-4..1:log,dropout:0..0.5")


def trial(number: int, accuracy: float | None = None, *, status: str = "finished", **others) -> Trial:
    params = {"learning_rate": 0.01, "dropout": 0.25} | others.pop("params", {})
    loss = None if accuracy is None else others.pop("loss", 1 - accuracy)
    scores = {"val_loss": loss, "val_accuracy": accuracy}
    return Trial(others.pop("method", "grid"), 0, params, number, status, **scores, **others)


def test_the_scale_is_even_in_the_logarithm_of_the_error():
    scale = score_scale([trial(0, 0.0), trial(1, 0.9), trial(2, 0.99), trial(3, None, status="cut")], is_share=True)
    assert (scale.worst, scale.best) == (0.0, 0.99)
    assert [scale.shade(score) for score in (0.0, 0.9, 0.99)] == pytest.approx([0, 0.5, 1])
    assert scale.shade(0.5) == pytest.approx(np.log10(2) / 2)
    assert scale.score_at(0.5) == pytest.approx(0.9)


def test_a_loss_is_better_when_it_is_lower():
    scale = score_scale([trial(0, 0.5, loss=10.0), trial(1, 0.5, loss=0.1)], is_share=False)
    assert (scale.worst, scale.best) == (10.0, 0.1)
    assert scale.shade(1.0) == pytest.approx(0.5)


def test_a_perfect_score_and_a_single_one_have_a_shade():
    assert score_scale([trial(0, 0.5), trial(1, 1.0)], is_share=True).shade(1.0) == 1
    assert score_scale([trial(0, 0.5)], is_share=True).shade(0.5) == 1


def test_without_a_score_there_is_no_scale_and_nothing_to_draw():
    assert score_scale([trial(0, status="diverged"), trial(1, status="waiting")], is_share=True) is None
    assert len(score_bar_data(None)) == len(points_data([], SPACE, None)) == 0


def test_one_score_for_all_is_written_once():
    rows = score_bar_data(score_scale([trial(0, 0.5), trial(1, 0.5)], is_share=True))
    assert rows["text"].str.len().gt(0).sum() == 1


def test_the_bar_of_colours_says_the_scores_that_they_stand_for():
    rows = score_bar_data(score_scale([trial(0, 0.0), trial(1, 0.99)], is_share=True))
    numbers = rows[rows["text"] != ""]
    assert list(numbers["text"]) == ["0.0%", "68.4%", "90.0%", "96.8%", "99.0%"]
    assert list(numbers["low"]) == [0, 0.25, 0.5, 0.75, 1]
    assert rows["high"].max() == 1


def test_a_point_lies_at_its_share_of_each_axis():
    trials = [trial(0, 0.5), trial(1, 0.9, params={"learning_rate": 1.0, "dropout": 0.0})]
    rows = points_data(trials, SPACE, score_scale(trials, is_share=True), chosen=0)
    assert list(rows["x"]) == pytest.approx([0.5, 1]) and list(rows["y"]) == pytest.approx([0.5, 0])
    assert list(rows["x_text"]) == ["0.01", "1"] and list(rows["score"]) == ["50.0%", "90.0%"]
    assert list(rows["is_chosen"]) == [True, False]


def test_over_one_axis_the_height_is_the_score():
    trials = [trial(0, 0.0), trial(1, 0.9), trial(2, 0.99), trial(3, status="cut")]
    rows = points_data(trials, SPACE[:1], score_scale(trials, is_share=True)).set_index("number")
    assert list(rows["y"][[0, 1, 2, 3]]) == pytest.approx([0, 0.5, 1, 0])


def test_the_best_that_has_ended_lies_on_top_and_is_named():
    trials = [trial(0, 0.9), trial(1, 0.8), trial(2, 0.95, status="running"), trial(3, status="waiting")]
    rows = points_data(trials, SPACE, score_scale(trials, is_share=True))
    assert rows["number"].iloc[-1] == 0 and rows["best"].iloc[-1] == "best\n90.0%"
    assert (rows["best"] != "").sum() == 1


@pytest.mark.parametrize(
    ("status", "is_lost"),
    [("diverged", True), ("cut", True), ("refused", True), ("waiting", False), ("running", False)],
)
def test_what_ended_without_a_score_is_lost_and_what_goes_on_is_not(status, is_lost):
    trials = [trial(0, 0.9), trial(1, status=status)]
    row = points_data(trials, SPACE, score_scale(trials, is_share=True)).iloc[0]
    assert (row["number"], row["is_lost"], row["shade"], row["score"]) == (1, is_lost, NO_SCORE, "none")


def test_a_thousand_trials_are_thinned_and_the_best_stays():
    trials = [trial(number, 0.5 + (number == 77) / 4) for number in range(1000)]
    rows = points_data(trials, SPACE, score_scale(trials, is_share=True))
    assert len(rows) == theme.MAX_POINTS and rows["number"].iloc[-1] == 77


def test_a_grid_repeats_its_values_and_random_trials_do_not():
    def places(points: list[dict], method: str) -> int:
        trials = [Trial(method, 0, params, number) for number, params in enumerate(points)]
        return points_data(trials, SPACE, None)["x"].nunique()

    assert places(grid_points(SPACE, 81), "grid") == 9
    assert places(random_points(SPACE, 81, 0), "random") == 81


def test_the_stairs_go_up_where_a_trial_is_better():
    trials = [trial(0, 0.5), trial(1, status="cut"), trial(2, 0.4), trial(3, 0.8), trial(4, 0.9, status="running")]
    numbers, scores = best_so_far(trials, is_share=True)
    assert numbers == [1, 2, 3, 4, 4] and scores == [0.5, 0.5, 0.5, 0.5, 0.8]


def test_the_stairs_of_a_loss_go_down():
    trials = [trial(0, status="diverged"), trial(1, 0.1, loss=2.0), trial(2, 0.1, loss=3.0), trial(3, 0.1, loss=1.0)]
    assert best_so_far(trials, is_share=False) == ([2, 3, 4, 4], [2.0, 2.0, 2.0, 1.0])
    assert best_so_far([], is_share=False) == ([], [])


def test_each_method_has_a_line_that_keeps_its_look():
    frame = best_data({"random": [trial(0, 0.5)], "tpe": [trial(1, 0.6)]}, is_share=True)
    assert dict(zip(frame["name"], frame["look"], strict=True)) == {"Random": 1, "TPE": 3}
    assert len(best_data({"grid": []}, is_share=True)) == 0


def test_the_table_shows_spreads_and_accuracies_only_where_there_are_any():
    folded = trial(3, 0.9, best_epoch=4, num_epochs=5, val_loss_std=0.01, val_accuracy_std=0.02)
    table = trial_table([folded], SPACE, is_share=True, has_folds=True)
    assert table.to_dict("list") == {
        "Trial": [4], "Method": ["Grid"], "Learning rate": [0.01], "Dropout": [0.25],
        "Validation accuracy": [0.9], "± accuracy": [0.02],
        "Validation loss": [pytest.approx(0.1)], "± loss": [0.01],
        "Best epoch": [4], "Epochs": [5], "Status": ["finished"],
    }  # fmt: skip
    plain = trial_table([folded], SPACE, is_share=False, has_folds=False)
    assert list(plain)[4:] == ["Validation loss", "Best epoch", "Epochs", "Status"]


def test_the_export_has_every_column_under_its_field_name():
    frame = trial_export([trial(3, 0.9), trial(4, status="cut", method="random")], SPACE)
    assert {"number", "method", "repeat", "status", "num_epochs", "best_epoch"} <= set(frame)
    assert {"val_loss", "val_loss_std", "val_accuracy", "val_accuracy_std", "learning_rate", "dropout"} <= set(frame)
    assert list(frame["number"]) == [3, 4] and list(frame["method"]) == ["grid", "random"]
    assert frame["val_loss"].isna().tolist() == [False, True]


def test_the_curves_of_a_trial_leave_out_what_is_no_number():
    values = np.array([2.0, np.nan, 1.0], dtype=np.float32)
    curve = TrialCurve(np.arange(3, dtype=np.float32), values, values / 2, values / 4)
    losses = trial_loss_data(curve)
    assert list(losses["series"]) == ["train", "train", "validation", "validation"]
    assert list(losses["x"]) == [0, 2, 0, 2] and list(losses["y"]) == [2, 1, 1, 0.5]
    assert list(trial_accuracy_data(curve)["y"]) == [0.5, 0.25]
