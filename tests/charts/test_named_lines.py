"""Named lines: which points are sent, and where the names stand."""

import numpy as np
import pandas as pd
import pytest

from playground.charts import theme
from playground.charts.named_lines import LABEL_HEIGHT, LOOKS, MAX_TIPS, OTHER_DASH, TALL, NamedLine, named_line_data

X = np.linspace(0, 30, 400)


def data(*ys: np.ndarray, **options: object) -> pd.DataFrame:
    return named_line_data([NamedLine(f"line {k}", k, X, y) for k, y in enumerate(ys)], **options)


def labels(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["label_y"].notna()]


@pytest.mark.parametrize(
    "y", [1 - X / 30, np.cos(X / 4), np.where(X < 15, 1.0, 0.1), np.exp(-X), np.ones(400)], ids=range(5)
)
def test_few_points_draw_the_same_line(y):
    frame = data(y)
    assert len(frame) < 120
    assert np.interp(X, frame["x"], frame["y"]) == pytest.approx(y, abs=0.003 * max(np.ptp(y), 1e-3))


def test_evenly_spread_points_alone_would_miss_a_drop():
    """The wrong variant: thinning by count moves a jump sideways."""
    y = np.where(X < 14.9, 1.0, 0.1)
    kept = theme.thinned(len(X), 60)
    assert np.abs(np.interp(X, X[kept], y[kept]) - y).max() > 0.1
    assert np.abs(np.interp(X, *data(y)[["x", "y"]].to_numpy().T) - y).max() < 0.01


def test_on_a_log_axis_points_are_kept_by_their_logarithm():
    y = 10.0 ** (-X / 3)
    frame = data(y, log_scale=True)
    assert len(frame) <= MAX_TIPS + 2
    assert np.interp(X, frame["x"], np.log10(frame["y"])) == pytest.approx(-X / 3, abs=0.03)


def test_what_an_axis_cannot_show_is_dropped():
    y = np.where(X > 20, 0.0, 1 - X / 40)
    y[3] = np.nan
    assert (data(y, log_scale=True)["y"] > 0).all()
    assert data(y)["y"].min() == 0 and data(y)["y"].notna().all()


def test_at_most_some_points_of_a_line_answer_to_the_pointer():
    assert 0 < data(np.cos(X), np.sin(X))["tip"].sum() <= 2 * MAX_TIPS


@pytest.mark.parametrize("log_scale", [False, True])
def test_names_keep_their_distance_and_stay_inside_the_axes(log_scale):
    ends = [1, 1, 1, 0.999, 0.5, 0.011, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01]
    ys = [np.linspace(1, end, 400) for end in ends]
    heights = labels(data(*ys, log_scale=log_scale))["label_y"].to_numpy()
    places = np.sort(np.log10(heights) / 2 + 1 if log_scale else heights)
    assert np.diff(places).min() > 0.95 * LABEL_HEIGHT / (TALL - theme.AXIS_HEIGHT)
    assert places.min() >= -0.01 and places.max() <= 1.01
    assert heights[:4].min() > heights[4] > heights[5] > heights[6:].max(), "in the order of their lines"


def test_a_name_alone_stands_at_the_end_of_its_line():
    assert labels(data(np.linspace(1, 0.4, 400)))["label_y"].item() == pytest.approx(0.4)


def test_no_two_looks_are_alike_and_the_other_dash_keeps_the_colour():
    assert len(set(LOOKS)) == len(LOOKS)
    for look in range(OTHER_DASH):
        assert LOOKS[look][0] == LOOKS[look + OTHER_DASH][0]


@pytest.mark.parametrize("lines", [[], [NamedLine("empty", 0, np.array([]), np.array([]))]], ids=["none", "empty"])
def test_nothing_to_draw_gives_empty_axes(lines):
    assert len(named_line_data(lines)) == 0
    assert {"name", "x", "y", "label_y"} <= set(named_line_data(lines))


def test_one_point_is_a_line_too():
    assert len(named_line_data([NamedLine("point", 0, np.array([1.0]), np.array([2.0]))])) == 1
