import numpy as np
import pytest

from playground.charts import histograms, theme
from playground.jobs.training.snapshot import LayerHistogram
from tests.charts.frames import in_frame
from tests.charts.snapshots import make_layer, make_layers

activation_data, gradient_data = in_frame(histograms.activation_data), in_frame(histograms.gradient_data)


def test_outline_of_a_histogram_by_hand():
    frame = activation_data([make_layer("hidden 1"), make_layer("output")])
    first = frame[frame["row"] == 0]
    assert first["value"].tolist() == [-1, 0, 1]
    np.testing.assert_allclose(first["top"], [1 - 0.9 / 3, 1 - 0.9, 1], rtol=1e-6)  # counts 1 and 3, then the end
    np.testing.assert_allclose(first["share"], [0.25, 0.75, 0])
    assert (frame.loc[frame["row"] == 1, "floor"] == 2).all()


def test_first_layer_comes_first():
    frame = gradient_data(make_layers(3))
    assert frame.loc[frame["first"], "layer"].tolist() == ["hidden 1", "hidden 2", "hidden 3"]


@pytest.mark.parametrize(
    "histogram",
    [
        None,
        LayerHistogram(edges=np.array([0, np.nan]), counts=np.array([1])),
        LayerHistogram(edges=np.array([0.0, 1.0]), counts=np.array([0])),
    ],
)
def test_layer_without_a_histogram_keeps_its_row(histogram):
    frame = activation_data([make_layer("hidden 1", activations=histogram), make_layer("output")])
    missing = frame[frame["layer"] == "hidden 1"]
    assert len(missing) == 1 and missing["value"].isna().all() and missing["first"].all()


def test_no_layers_no_rows():
    assert activation_data([]).empty


def test_an_outline_has_at_most_500_points():
    fine = LayerHistogram(edges=np.linspace(0, 1, 2001), counts=np.ones(2000))
    assert len(activation_data([make_layer(activations=fine)])) == theme.MAX_POINTS


@pytest.mark.parametrize("number", range(1, 51))
def test_rows_are_readable_for_any_number_of_layers(number):
    assert histograms.row_height(number) >= 13
    assert histograms.row_height(number) * number <= 700
