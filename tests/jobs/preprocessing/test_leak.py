"""LeakJob: a leak that is large, one that is exactly nothing, and one that hurts."""

import numpy as np
import pytest

from playground.catalog.preprocessing_lesson import LEAKS
from playground.jobs.job import Turn
from playground.jobs.preprocessing.leak import LeakJob, LeakSnapshot
from playground.parsing import ConfigError


def last(seconds=60.0, **fields):
    frames = LeakJob(**fields).frames()
    next(frames)
    while not (snapshot := frames.send(Turn(seconds=seconds))).has_ended:
        pass
    return snapshot


def test_selecting_on_noise_looks_brilliant_and_is_worthless():
    seen = last()
    honest, honest_fresh, leaky, leaky_fresh = seen.accuracies.mean(axis=0)
    assert leaky > 0.75
    for true in (honest, honest_fresh, leaky_fresh):
        assert true == pytest.approx(0.5, abs=0.06)
    gain, _, error = seen.gain
    assert gain > 8 * error


def test_a_mean_gives_nothing_away_to_a_classifier_with_a_bias():
    assert (last(step="center", data="digits").gains == 0).all()


@pytest.mark.parametrize("name", ["standardize", "minmax", "robust"])
def test_plain_scaling_hardly_gains_anything(name):
    gain, _, error = last(step=name, data="breast_cancer").gain
    assert abs(gain) < 0.02 and error < 0.01


def test_directions_of_few_samples_leak_a_little():
    gain, _, error = last(step="pca", data="digits", num_splits=150).gain
    assert 0.02 < gain < 0.1 and gain > 3 * error


def test_one_spoiled_sample_hurts_scaling_that_saw_it_but_not_robust_scaling():
    gains = {
        name: last(step=name, data="breast_cancer", has_outlier=True).gain[0] for name in ("minmax", "robust", "pca")
    }
    assert gains["minmax"] < -0.15
    assert abs(gains["robust"]) < 0.02 and abs(gains["pca"]) < 0.02


def test_mean_spread_and_error_are_those_of_the_textbook():
    seen = LeakSnapshot(accuracies=np.array([[0.5, 0, 0.6, 0], [0.5, 0, 0.8, 0], [0.5, 0, 1.0, 0]]))
    assert seen.gain == pytest.approx((0.3, 0.2, 0.2 / 3**0.5))  # with divisor N the spread would be 0.163
    assert LeakSnapshot(accuracies=np.zeros((1, 4))).gain == (0, 0, 0)


@pytest.mark.parametrize("name", LEAKS)
def test_every_step_answers_on_the_narrowest_data(name):
    assert last(step=name, data="wine", num_samples=20, num_splits=10).accuracies.shape == (10, 4)


def test_turns_do_not_change_the_outcome():
    np.testing.assert_array_equal(last(num_splits=20).accuracies, last(seconds=0.001, num_splits=20).accuracies)


def test_more_splits_keep_the_first_ones():
    fields = {"step": "standardize", "data": "wine"}
    np.testing.assert_array_equal(
        last(num_splits=20, **fields).accuracies[:10], last(num_splits=10, **fields).accuracies
    )


@pytest.mark.parametrize(
    ("field", "value"), [("num_samples", 10), ("num_inputs", 1), ("num_splits", 0), ("step", "x"), ("data", "spiral")]
)
def test_a_field_out_of_bounds_is_refused(field, value):
    with pytest.raises(ConfigError, match=f"{field}: must be"):
        LeakJob(**{field: value})


def test_the_job_stops_when_told():
    frames = LeakJob().frames()
    next(frames)
    assert frames.send(Turn(stop=True)).status == "stopped"
