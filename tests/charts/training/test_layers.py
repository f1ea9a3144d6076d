import math

import pytest

from playground.charts.training import layers
from tests.charts.frames import in_frame
from tests.charts.snapshots import make_layer, make_layers

share_data = in_frame(layers.share_data)
spread_data = in_frame(layers.spread_data)
grad_norm_data = in_frame(layers.grad_norm_data)


def test_share_data_has_a_row_for_each_kind_of_each_layer():
    frame = share_data(make_layers(2))
    assert frame["layer"].tolist() == ["hidden 1", "hidden 1", "hidden 2", "hidden 2"]
    assert frame["share"].tolist() == [0.25, 0.5] * 2
    assert frame["text"].tolist() == ["25% dead", "50% saturated"] * 2


def test_share_that_cannot_be_is_told_from_zero():
    frame = share_data([make_layer(dead=None, saturated=0.0)])
    assert frame["text"].tolist() == ["dead: not possible", "0% saturated"]
    assert math.isnan(frame["share"][0]) and frame["share"][1] == 0


def test_spread_reaches_one_standard_deviation_either_way():
    row = spread_data([make_layer(mean=0.5, std=2.0)]).iloc[0]
    assert (row["low"], row["high"]) == (-1.5, 2.5)


@pytest.mark.parametrize("changes", [{"mean": math.nan}, {"std": math.inf}])
def test_spread_that_is_not_finite_is_missing(changes):
    row = spread_data([make_layer(**changes)]).iloc[0]
    assert math.isnan(row["low"]) and math.isnan(row["high"])


@pytest.mark.parametrize("norm", [0.0, math.nan, math.inf])
def test_gradient_norm_that_a_log_axis_cannot_show_is_missing(norm):
    frame = grad_norm_data([make_layer("hidden 1", grad_norm=norm), make_layer("output")])
    assert math.isnan(frame["grad_norm"][0]) and frame["grad_norm"][1] == 0.1
    assert frame["layer"].tolist() == ["hidden 1", "output"]


@pytest.mark.parametrize("data", [share_data, spread_data, grad_norm_data])
def test_no_layers_no_rows(data):
    assert data([]).empty
