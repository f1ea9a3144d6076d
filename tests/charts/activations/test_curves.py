"""What the pictures of activations are made of."""

import numpy as np
import pytest

from playground.catalog import ACTIVATIONS
from playground.charts.activations.curves import SLOPES, VALUES, function_data, function_table, is_flat
from playground.charts.activations.extras import FIRST, LINEAR, SECOND, cost_data, identity_data
from playground.charts.activations.look import activation_colour, activation_dash
from playground.jobs.activations.cost import ActivationCostSnapshot
from playground.jobs.activations.curves import ActivationCurvesJob, ActivationCurvesSnapshot
from playground.jobs.job import Turn


@pytest.fixture(scope="module")
def seen():
    frames = ActivationCurvesJob(("sigmoid", "relu", "maxout"), low=-6, high=6, at=2.0, pieces=3).frames()
    next(frames)
    return frames.send(Turn())


def test_lines_are_the_functions_and_their_slopes(seen):
    for column in (VALUES, SLOPES):
        data = function_data(seen, column)
        for curve in seen.curves:
            line = data[(data["activation"] == curve.name) & (data["kind"] == "line")]
            np.testing.assert_array_equal(line["z"], curve.z)
            np.testing.assert_array_equal(line["value"], getattr(curve, column))
        assert data.groupby(["activation", "kind", "part"]).size().max() <= 500


def test_the_saturated_part_is_where_the_slope_is_below_a_twentieth(seen):
    for curve in seen.curves:
        steepest = 0.25 if curve.name == "sigmoid" else np.abs(curve.slopes).max()
        flat = np.abs(curve.slopes) < 0.05 * steepest
        if curve.name == "maxout":  # its middle piece is flat, but maxout has no threshold
            assert not is_flat(curve).any()
        else:
            np.testing.assert_array_equal(is_flat(curve), flat)


def test_pieces_lie_below_maxout_and_are_not_drawn_as_slopes(seen):
    values, slopes = (function_data(seen, column) for column in (VALUES, SLOPES))
    pieces = values[values["kind"] == "piece"]
    assert set(pieces["part"]) == {0, 1, 2} and set(pieces["activation"]) == {"maxout"}
    assert not (slopes["kind"] == "piece").any()
    maxout = seen.curves[2]
    assert (pieces["value"].to_numpy() <= np.interp(pieces["z"], maxout.z, maxout.values) + 1e-9).all()


def test_the_place_that_is_read_is_marked_and_tabled(seen):
    read = function_data(seen, VALUES).query("kind == 'read'")
    assert read["z"].tolist() == [2.0] * 3
    table = function_table(seen)
    assert table["Activation"].tolist() == ["Sigmoid", "ReLU", "Maxout (3 pieces)"]
    assert table["f(2)"].tolist() == ["0.881", "2", "1"]
    assert table["f '(2)"].tolist() == ["0.105", "1", "1"]
    assert table["Saturated"].tolist() == ["z < -4.36 or z > 4.36", "z < 0", "nowhere"]
    assert table["Parameters a unit"].tolist() == ["65", "65", "195"]


def test_a_place_outside_the_range_is_not_marked():
    frames = ActivationCurvesJob(("relu",), low=-1, high=1, at=5.0).frames()
    next(frames)
    assert not (function_data(frames.send(Turn()), VALUES)["kind"] == "read").any()


def test_nothing_seen_gives_empty_tables():
    assert function_data(ActivationCurvesSnapshot(), VALUES).empty
    assert function_table(ActivationCurvesSnapshot()).empty
    assert identity_data(ActivationCurvesSnapshot()).empty


def test_both_forms_of_the_identity_are_drawn(seen):
    data = identity_data(seen)
    first, second = (data[data["form"] == form]["value"].to_numpy() for form in (FIRST, SECOND))
    np.testing.assert_allclose(first, second, atol=1e-15)


def test_costs_are_against_relu():
    costs = cost_data(ActivationCostSnapshot(nanoseconds=(("relu", 0.5), ("tanh", 2.0)), linear=4.0), ["tanh", "elu"])
    assert costs["what"].tolist() == ["Tanh", LINEAR]
    assert costs["text"].tolist() == ["2 ns, 4.0 × ReLU", "4 ns"]


def test_no_two_activations_look_the_same():
    assert len({(activation_colour(name), activation_dash(name)) for name in ACTIVATIONS}) == len(ACTIVATIONS)
