"""Charts of the lesson on normalization."""

import numpy as np
import pytest

from playground.catalog.normalization_lesson import TENSOR_START
from playground.charts import theme
from playground.charts.byte_message import parse_byte_message
from playground.charts.normalization import normalized_tensor, running_statistics, weight_scale
from playground.charts.normalization import sweep as normalization_sweep
from playground.charts.series import Series, series_data
from playground.jobs.job import Turn
from playground.jobs.normalization.normalized_tensor import KINDS, NormalizedTensorJob
from playground.jobs.normalization.running_statistics import RunningStatisticsSnapshot
from playground.jobs.normalization.sweep import SweptRun
from playground.jobs.normalization.weight_scale import FACTORS, ScaleSeen, WeightScaleSnapshot

JOB = NormalizedTensorJob(**TENSOR_START, num_groups=2)


@pytest.fixture(scope="module")
def seen():
    frames = JOB.frames()
    next(frames)
    return frames.send(Turn())


def test_the_tensors_text_alternative_is_one_short_sentence():
    text = normalized_tensor.tensor_alt()
    assert 20 < len(text) <= 160 and text.endswith(".")


def test_series_leave_out_what_cannot_be_shown():
    nan = float("nan")
    frame = series_data([Series("a", (1, 2, 3, 4), (1.0, nan, -1.0, None), ("", "", "", "diverged"))], log_scale=True)
    assert frame[["x", "lost"]].to_numpy().tolist() == [[1.0, ""], [4.0, "diverged"]]
    assert len(series_data([Series("a", range(5000), range(5000))])) <= theme.MAX_POINTS
    assert list(series_data(()).columns) == ["series", "x", "y", "lost"]


def test_a_sweep_shows_what_has_ended_and_marks_what_has_not_trained():
    runs = (
        SweptRun("batch", 64, "finished", val_accuracy=0.9),
        SweptRun("batch", 2, "diverged", val_accuracy=0.1),
        SweptRun("batch", 1, "refused"),
        SweptRun("none", 1, "running"),
        SweptRun("none", 2),
    )
    frame = normalization_sweep.sweep_data(runs, column="val_accuracy")
    assert frame["series"].tolist() == ["Batch"] * 3
    assert frame["x"].tolist() == [1, 2, 64]
    assert frame["lost"].tolist() == ["refused", "diverged", ""]
    assert np.isnan(frame["y"][1]) and frame["y"][2] == 0.9


def test_nothing_yet_is_an_empty_table():
    nothing = RunningStatisticsSnapshot()
    assert running_statistics.statistic_data(nothing, statistic="mean").empty
    assert running_statistics.mode_data(nothing, measure="loss").empty
    assert weight_scale.weight_scale_data(WeightScaleSnapshot(), column="output_change").empty


def test_all_modes_are_drawn():
    values = {"training": [1.0, 2.0], "running": [3000.0, 0.0], "fresh": [8.0, 7.0]}
    seen = RunningStatisticsSnapshot(look_steps=np.array([0, 10]), loss=values, accuracy=values)
    frame = running_statistics.mode_data(seen, measure="loss")
    assert list(dict.fromkeys(frame["series"])) == list(running_statistics.MODES.values())
    assert len(frame) == 5, "0 has no place on a log axis"
    assert len(running_statistics.mode_data(seen, measure="accuracy")) == 6


def test_no_change_has_no_place_on_a_log_axis():
    curve = tuple(ScaleSeen(abs(a - 1), 0.0, 1 / a, 0.0, 0.0) for a in FACTORS)
    frame = weight_scale.weight_scale_data(WeightScaleSnapshot(curves={"batch": curve}), column="output_change")
    assert set(FACTORS) - set(frame["x"]) == {1.0}


@pytest.mark.parametrize("shown", [normalized_tensor.BEFORE, normalized_tensor.AFTER])
def test_the_picture_holds_every_cell_once_a_normalization(seen, shown):
    header, arrays = parse_byte_message(normalized_tensor.tensor_payload(JOB, seen, shown=shown, chosen="group"))
    size = JOB.num_cells
    assert header["names"] == list(KINDS) and header["names"][header["chosen"]] == "group"
    assert arrays["before"][header["cell"]] == pytest.approx(seen.values[JOB.cell], rel=1e-6)
    for index, kind in enumerate(seen.kinds):
        part = slice(index * size, (index + 1) * size)
        assert arrays["shares"][part].sum() == kind.num_cells
        drawn = (seen.values if shown == normalized_tensor.BEFORE else kind.after).ravel()
        assert np.corrcoef(arrays["codes"][part], drawn)[0, 1] > 0.999
        assert arrays["after"][part] == pytest.approx(kind.after.ravel(), rel=1e-5, abs=1e-6)


def test_each_cell_has_its_values_before_and_after(seen):
    batch = seen.kinds[0]
    frame = normalized_tensor.cells_data(batch)
    assert len(frame) == batch.num_cells + 1 and frame["chosen"].sum() == 1
    assert frame["after"].iloc[-1] == batch.chosen_after
