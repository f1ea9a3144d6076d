"""What the pictures of positive inputs are made of."""

import numpy as np
import pytest

from playground.charts.activations.positive_inputs import distance_data, path_data, sign_data
from playground.jobs.activations.positive_inputs import KINDS, PositiveInputsJob, PositiveInputsSnapshot
from playground.jobs.job import Turn


def last(**fields):
    frames = PositiveInputsJob(**fields).frames()
    next(frames)
    return frames.send(Turn(seconds=60))


@pytest.fixture(scope="module")
def seen():
    return last(num_inputs=4, num_steps=50)


def test_a_row_of_signs_is_a_step(seen):
    data = sign_data(seen.runs[0])
    assert len(data) == 24 * 4
    assert (data.groupby("step")["sign"].nunique() == 1).all()
    assert sign_data(seen.runs[1]).groupby("step")["sign"].nunique().max() == 2


def test_paths_lead_from_the_ring_towards_the_star(seen):
    data = path_data(seen)
    assert set(data["kind"]) == set(KINDS)
    places = data.set_index("place")[["x", "y"]]
    assert places.loc["start"].tolist() == [0, 0] and places.loc["goal"].tolist() == [1, -1]
    walked = data[(data["order"] >= 0) & (data["kind"] == KINDS[0])]
    np.testing.assert_array_equal(walked[["x", "y"]], seen.runs[0].path)


def test_a_path_that_left_for_good_keeps_a_picture():
    lost = last(num_inputs=20, learning_rate=5.0, num_steps=100)
    assert lost.runs[0].is_lost
    assert np.isfinite(path_data(lost)[["x", "y"]]).all(axis=None)
    assert (distance_data(lost)["distance"] < 1e3).all()


def test_distances_fit_a_log_axis():
    data = distance_data(last(num_inputs=2, learning_rate=2.0, num_steps=2000))
    assert (data["distance"] > 0).all()


def test_nothing_seen_gives_empty_tables():
    assert path_data(PositiveInputsSnapshot()).empty
    assert distance_data(PositiveInputsSnapshot()).empty
