"""Pictures of runs side by side, and of a range test."""

import numpy as np
import pytest

from playground.charts.comparison import compare_data, compare_rates_data, compare_table
from playground.charts.schedules.learning_rate_finder import ABOVE, INTERVAL, SEEN, SMOOTHED, learning_rate_finder_data
from playground.jobs.comparison.snapshot import ComparedRun, CompareSnapshot
from playground.jobs.schedules.learning_rate_finder import LearningRateFinderSnapshot


def compared(name: str, scale: float) -> ComparedRun:
    history = {
        "epoch": np.arange(4.0),
        "train_loss": scale * np.array([9.0, 3.0, 2.0, 1.0]),
        "val_loss": scale * np.array([9.0, 4.0, 3.0, 2.0]),
        "val_accuracy": np.array([0.1, 0.5, 0.6, 0.7]),
    }
    rates = {"epoch": np.arange(6) / 2, "learning_rate": scale * np.linspace(0.1, 0.0, 6)}
    return ComparedRun(name, "finished", "", history, rates)


RUNS = CompareSnapshot(status="finished", runs=(compared("a", 1), compared("b", 2)))


def test_a_value_is_drawn_from_the_first_epoch_on():
    frame = compare_data(RUNS, "train_loss")
    rows = frame[frame["name"] == "b"]
    assert list(rows["x"]) == [1, 2, 3] and list(rows["y"]) == [6, 4, 2]
    assert dict(zip(frame["name"], frame["look"], strict=True)) == {"a": 0, "b": 1}
    assert set(compare_data(RUNS, "train_loss", looks={"a": 7, "b": 5})["look"]) == {5, 7}


def test_only_the_rates_that_are_asked_for_are_drawn():
    frame = compare_rates_data(RUNS, ["b"])
    assert set(frame["name"]) == {"b"} and frame["y"].max() == pytest.approx(0.2)


def test_the_table_holds_what_is_left_at_the_end():
    table = compare_table(RUNS)
    assert table.to_dict("list") == {
        "Run": ["a", "b"], "Training loss": [1, 2], "Validation loss": [2, 4], "Validation accuracy": [0.7, 0.7],
    }  # fmt: skip


def test_before_the_first_epoch_there_is_nothing_to_draw():
    assert len(compare_data(CompareSnapshot(), "val_loss")) == len(compare_table(CompareSnapshot())) == 0


def test_the_curve_of_a_range_test_ends_above_its_first_loss_and_its_marks_stay():
    losses = np.array([1.0, 0.9, 0.4, 0.5, 3.0, np.nan])
    rates = np.geomspace(1e-4, 10, 6)
    marks = {"low": 1e-3, "high": 1e-2, "learning_rate": 0.01, "steepest": 1e-3, "lowest": 0.1}
    frame = learning_rate_finder_data(LearningRateFinderSnapshot(rates=rates, losses=losses, smoothed=losses, **marks))
    curve = frame[frame["kind"] == SEEN]
    assert list(curve["loss"]) == [1.0, 0.9, 0.4, 0.5] and curve["loss"].max() < ABOVE
    assert len(frame[frame["kind"] == SMOOTHED]) == 4
    interval = frame[frame["kind"] == INTERVAL].iloc[0]
    assert (interval["learning_rate"], interval["high"], interval["suggested"]) == (1e-3, 1e-2, 0.01)


@pytest.mark.parametrize(
    "snapshot", [LearningRateFinderSnapshot(), LearningRateFinderSnapshot(rates=np.array([]), losses=np.array([]))]
)
def test_a_range_test_that_has_not_begun_gives_empty_axes(snapshot):
    assert len(learning_rate_finder_data(snapshot)) == 0
