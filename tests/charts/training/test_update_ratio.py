import numpy as np

from playground.charts import theme
from playground.charts.training import update_ratio
from playground.charts.training.update_ratio import NO_LAYER
from tests.charts.frames import in_frame

update_ratio_data = in_frame(update_ratio.update_ratio_data)

NAMES = ("hidden 1", "output")


def history(epochs, ratios):
    ratios = np.asarray(ratios, dtype=float)
    return {"epoch": np.tile(np.asarray(epochs, dtype=float)[:, None], ratios.shape[1]), "update_ratio": ratios}


def lines(frame):
    return frame[frame["row"] != NO_LAYER]


def test_a_line_for_each_layer():
    frame = lines(update_ratio_data(history([0, 1], [[1e-2, 1e-4], [1e-3, 1e-5]]), NAMES, end=1))
    assert frame["layer"].tolist() == ["hidden 1", "hidden 1", "output", "output"]
    np.testing.assert_allclose(frame["ratio"], [1e-2, 1e-3, 1e-4, 1e-5], rtol=1e-6)
    assert frame["epoch"].tolist() == [0, 1, 0, 1]


def test_values_that_a_log_axis_cannot_show_are_dropped():
    ratios = [[np.nan, 0.0], [1e-3, -1.0], [np.inf, 1e-3]]
    frame = lines(update_ratio_data(history([0, 1, 2], ratios), NAMES, end=2))
    assert list(zip(frame["layer"], frame["epoch"], strict=True)) == [("hidden 1", 1), ("output", 2)]


def test_epoch_axis_ends_where_the_other_curves_end():
    frame = update_ratio_data(history([0], [[1e-3, 1e-3]]), NAMES, end=7)
    assert frame.loc[frame["row"] == NO_LAYER, "epoch"].tolist() == [0, 7]


def test_names_stand_at_the_last_row_of_their_line_and_apart():
    frame = update_ratio_data(history([0, 1], [[1e-1, 1e-4], [1e-3, 1e-3]]), NAMES, end=1)
    named = frame[frame["label_y"].notna()]
    assert named["layer"].tolist() == list(NAMES) and named["epoch"].tolist() == [1, 1]
    heights = np.log10(named["label_y"].to_numpy(dtype=float))
    assert abs(heights[0] - heights[1]) > 0.07 * 3 - 1e-4  # the axis spans three decades


def test_with_many_layers_only_three_are_named():
    names = [f"hidden {index}" for index in range(50)]
    frame = update_ratio_data(history([0, 1], np.full((2, 50), 1e-3)), names, end=1)
    assert frame.loc[frame["label_y"].notna(), "layer"].tolist() == ["hidden 0", "hidden 25", "hidden 49"]


def test_a_line_has_at_most_500_points_and_its_own_spikes():
    ratios = np.full((1000, 2), 1e-3)
    ratios[[333, 777], [0, 1]] = 1
    frame = lines(update_ratio_data(history(np.arange(1000), ratios), NAMES, end=999))
    assert frame.groupby("row").size().max() <= theme.MAX_POINTS
    assert frame[frame["ratio"] == 1]["epoch"].tolist() == [333, 777]


def test_what_comes_after_the_end_of_the_axis_is_left_out():
    frame = update_ratio_data(history([1, 2], [[1e-3, 1e-3], [1e9, 1e9]]), NAMES, end=1)
    assert lines(frame)["epoch"].tolist() == [1, 1]


def test_empty_history_gives_only_the_ends_of_the_axis():
    assert update_ratio_data({}, NAMES, end=1)["row"].tolist() == [NO_LAYER] * 2
    assert update_ratio_data({}, (), end=1)["row"].tolist() == [NO_LAYER] * 2
