"""Trials as lines, and the bars of importance."""

import numpy as np
import pytest

from playground.charts import theme
from playground.charts.search.importance import importance_data
from playground.charts.search.parallel_coordinates import (
    BEST,
    LINE,
    LOST,
    LOST_AT,
    NO_SCORE,
    TICK,
    between,
    parallel_data,
)
from playground.charts.search.scores import score_scale
from playground.train.search.importance import Importance
from playground.train.search.trials import Trial
from tests.aids.scored_trials import DECAY, KINDS, RATE, TWO, noise, scored

AXES = (RATE, KINDS)


def trial(number: int, rate: float, kind: str, accuracy: float | None, status: str = "finished") -> Trial:
    loss = None if accuracy is None else 1 - accuracy
    params = {"learning_rate": rate, "activation": kind}
    return Trial("random", 0, params, number, status, val_loss=loss, val_accuracy=accuracy)


TRIALS = [
    trial(0, 1e-2, "tanh", 0.9),
    trial(1, 1, "relu", None, "diverged"),
    trial(2, 1e-4, "gelu", 0.5),
    trial(3, 1e-1, "relu", 0.7),
    trial(4, 1e-1, "relu", 0.99, "running"),
    trial(5, 1e-1, "relu", None, "waiting"),
]
SCALE = score_scale(TRIALS[:4], is_share=True)


def rows(frame, number: int):
    return frame[frame["number"] == number]


def test_a_trial_is_a_line_over_the_shares_of_its_values_to_its_score():
    frame = parallel_data(AXES, TRIALS, SCALE)
    line = rows(frame, 3)
    assert list(line["column"]) == [0, 1, 2]
    np.testing.assert_allclose(line["height"], [0.75, 1 / 6, SCALE.shade(0.7)], atol=1e-6)
    np.testing.assert_allclose(line["shade"], SCALE.shade(0.7), atol=1e-6)
    assert set(line["values"]) == {"Learning rate 0.1, Activation ReLU"} and set(line["score"]) == {"70.0%"}


def test_only_ended_trials_are_drawn_the_worst_first():
    frame = parallel_data(AXES, TRIALS, SCALE)
    lines = frame[frame["kind"] != TICK]
    assert list(dict.fromkeys(lines["number"])) == [1, 2, 3, 0]
    assert {int(row.number): row.kind for row in lines.itertuples()} == {1: LOST, 2: LINE, 3: LINE, 0: BEST}


def test_a_trial_without_a_score_ends_below_the_axis():
    line = rows(parallel_data(AXES, TRIALS, SCALE), 1)
    assert line["height"].iloc[-1] == pytest.approx(LOST_AT) and (line["shade"] == NO_SCORE).all()
    assert set(line["score"]) == {"none"} and set(line["status"]) == {"diverged"}


def test_axes_are_labelled_with_values():
    frame = parallel_data(AXES, TRIALS, SCALE)
    ticks = frame[frame["kind"] == TICK]
    texts = {column: dict(zip(part["text"], part["height"], strict=True)) for column, part in ticks.groupby("column")}
    assert texts[0]["0.0001"] == 0 and texts[0]["0.01"] == pytest.approx(0.5) and texts[0]["1"] == 1
    assert list(texts[1]) == ["ReLU", "Tanh", "GELU"]
    assert texts[2]["50.0%"] == 0 and texts[2]["90.0%"] == 1 and texts[2]["none"] == pytest.approx(LOST_AT)


def test_a_lower_loss_stands_higher():
    tried = scored(TWO, lambda rate, _: rate, 20)
    frame = parallel_data(TWO, tried, score_scale(tried, is_share=False))
    (best,) = set(frame[frame["kind"] == BEST]["number"])
    assert tried[best].val_loss == min(trial.val_loss for trial in tried)
    assert rows(frame, best)["height"].iloc[-1] == 1


@pytest.mark.parametrize(
    ("low", "high", "numbers"), [(0, 1, [1, 2, 3, 0]), (0.9, 1, [0]), (0, 0.5, [1, 2]), (0.5, 0.6, [])]
)
def test_trials_are_chosen_by_rank(low, high, numbers):
    assert [trial.number for trial in between(TRIALS, low, high)] == numbers


def test_what_does_not_stand_out_is_faint():
    frame = parallel_data(AXES, TRIALS, SCALE, clear={0, 2})
    lines = frame[frame["kind"] != TICK]
    assert set(lines[lines["is_faint"]]["number"]) == {1, 3}
    assert not parallel_data(AXES, TRIALS, SCALE)["is_faint"].any()


def test_at_most_500_lines_with_the_best_among_them():
    tried = scored((DECAY,), noise(), 700)
    frame = parallel_data((DECAY,), tried, score_scale(tried, is_share=False))
    lines = frame[frame["kind"] != TICK]
    assert lines["number"].nunique() == theme.MAX_POINTS and (lines["kind"] == BEST).sum() == 2


def test_a_search_that_has_not_begun_has_axes_alone():
    frame = parallel_data(AXES, [], None)
    assert set(frame["kind"]) == {TICK} and between([], 0, 1) == []


def test_bars_stand_in_the_order_of_importance():
    frame = importance_data(TWO, [Importance("learning_rate", 0.2, 0.05), Importance("weight_decay", 0.6, 0.1)])
    assert list(frame["field"]) == ["Weight decay (L2, log)", "Learning rate (log)"]
    assert list(frame["words"]) == ["60% ± 10%", "20% ± 5%"]
    np.testing.assert_allclose(frame[["low", "mean", "high"]], [[0.5, 0.6, 0.7], [0.15, 0.2, 0.25]], atol=1e-6)
    assert importance_data(TWO, []).empty
