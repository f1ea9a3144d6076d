"""What the pictures of dead units are made of."""

import numpy as np
import pytest

from playground.charts.activations.dead_units import clipped_line, cloud_data, silent_data
from playground.jobs.activations.dead_units import DeadUnitsRun, DeadUnitsSnapshot

UNITS = np.array([[1.0, 0.0, -2.0], [0.0, 2.0, 20.0], [1.0, 1.0, 0.0]])
RUN = DeadUnitsRun(
    name="a", epochs=(0, 1, 2), silent=(0.0, 0.5, None), stuck=None, train_accuracy=0.5, val_accuracy=0.5,
    status="diverged", message="", units=UNITS, is_silent=np.array([True, True, False]),
)  # fmt: skip
POINTS = np.array([[0.0, 1.0], [1.0, 2.0]])
SEEN = DeadUnitsSnapshot(runs=(RUN,), num_units=3, points=POINTS, targets=np.array([0, 1]))


def test_shares_end_where_numbers_are_no_longer_finite():
    assert silent_data(SEEN)["share"].tolist() == [0.0, 0.5]


@pytest.mark.parametrize(
    ("line", "ends"),
    [
        ((1, 0, -2), {(2, -6), (2, 6)}),  # x = 2
        ((0, 2, 4), {(-6, -2), (6, -2)}),  # y = -2
        ((1, 1, 0), {(-6, 6), (6, -6)}),
        ((1, 1, -9), {(3, 6), (6, 3)}),
    ],
)
def test_a_line_is_cut_off_at_the_square(line, ends):
    assert {tuple(np.round(end, 9)) for end in clipped_line(*line, 6.0)} == ends


@pytest.mark.parametrize("line", [(1, 0, -7), (0, 2, 20), (1, 1, 13), (0, 0, 1), (np.nan, 1, 0), (1, 0, np.inf)])
def test_a_line_outside_the_square_is_not_drawn(line):
    assert clipped_line(*line, 6.0) is None


def test_ends_lie_on_the_line_for_any_unit():
    for first, second, bias in np.random.default_rng(0).normal(size=(200, 3)) * [1, 1, 5]:
        ends = clipped_line(first, second, bias, 6.0)
        corners = [first * x + second * y + bias for x in (-6, 6) for y in (-6, 6)]
        assert (ends is not None) == (min(corners) < 0 < max(corners))
        for x, y in ends or []:
            assert first * x + second * y + bias == pytest.approx(0, abs=1e-9)
            assert max(abs(x), abs(y)) <= 6 + 1e-9


def test_ticks_point_to_where_the_unit_fires():
    data = cloud_data(SEEN, RUN, extent=6.0)
    assert (data["kind"] == "sample").sum() == 2
    sides = data[data["kind"] == "side"]
    assert sides["state"].tolist() == ["never fires", "fires somewhere"]  # the second unit's line is outside
    for (x2, y2), unit in zip(sides[["x2", "y2"]].to_numpy(), UNITS[[0, 2]], strict=True):
        assert unit[0] * x2 + unit[1] * y2 + unit[2] > 0


def test_no_cloud_gives_lines_alone():
    bare = cloud_data(DeadUnitsSnapshot(runs=(RUN,)), RUN, extent=6.0)
    assert set(bare["kind"]) == {"boundary", "side"}
    assert silent_data(DeadUnitsSnapshot()).empty
