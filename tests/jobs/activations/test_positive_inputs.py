"""PositiveInputsJob: row 4 of the experiments, and closed forms."""

from functools import cache

import numpy as np
import pytest

from playground.jobs.activations.positive_inputs import PositiveInputsJob, same_signs
from playground.jobs.job import Turn
from playground.parsing import ConfigError
from playground.train.activations.positive_inputs import (
    CENTRE,
    NeuronPath,
    expected_second_moments,
    second_moments,
    true_weights,
)


@cache
def last(seconds=60.0, **fields):
    frames = PositiveInputsJob(**fields).frames()
    next(frames)
    while not (snapshot := frames.send(Turn(seconds=seconds))).has_ended:
        pass
    return snapshot.runs


def test_gradients_and_path_are_those_of_the_formula():
    path = NeuronPath(num_inputs=3, centre=0.0, learning_rate=0.3, batch_size=2, seed=4)
    for _ in range(5):
        path.advance()
    draws, w, goal = NeuronPath(3, 0.0, 0.3, 2, 4)._generator, np.zeros(3), np.array([1.0, -1.0, 1.0])
    length = 0.0
    for step in range(5):
        X = draws.random((2, 3))
        gradient = ((X @ (w - goal))[:, None] * X).mean(axis=0)
        assert (path.signs[step] == np.sign(gradient)).all()
        w = w - 0.3 * gradient
        length += 0.3 * np.linalg.norm(gradient)
    np.testing.assert_allclose(path.weights[-1], w, rtol=1e-12)
    assert path.length == pytest.approx(length)
    assert path.distances[-1] == pytest.approx(np.linalg.norm(w - goal) / np.linalg.norm(goal))


@pytest.mark.parametrize("num_inputs", [2, 10, 50])
def test_condition_number_is_one_plus_three_d(num_inputs):
    raw, centred = (expected_second_moments(num_inputs, centre) for centre in (0.0, CENTRE))
    assert raw[-1] / raw[0] == pytest.approx(1 + 3 * num_inputs)
    assert (centred == 1 / 12).all()
    matrix = np.eye(num_inputs) / 12 + np.ones((num_inputs, num_inputs)) / 4  # E[x x^T] of U[0, 1]
    np.testing.assert_allclose(raw, np.linalg.eigvalsh(matrix), rtol=1e-9)


@pytest.mark.parametrize("num_inputs", [2, 10])
def test_measured_inputs_have_that_condition_number(num_inputs):
    for centre in (0.0, CENTRE):
        measured, expected = second_moments(num_inputs, centre, 0), expected_second_moments(num_inputs, centre)
        assert measured[-1] / measured[0] == pytest.approx(expected[-1] / expected[0], rel=0.1)


def test_a_covariance_instead_of_second_moments_is_rejected():
    X = np.random.default_rng(0).random((20_000, 10))
    covariance = np.linalg.eigvalsh(np.cov(X.T))  # takes the mean away, and with it the whole effect
    assert covariance[-1] / covariance[0] < 1.2
    assert expected_second_moments(10, 0.0)[-1] / expected_second_moments(10, 0.0)[0] > 30


@pytest.mark.parametrize("num_inputs", [2, 3, 10, 20])
def test_all_gradients_of_a_sample_have_one_sign_when_all_inputs_are_positive(num_inputs):
    raw, centred = last(num_inputs=num_inputs, learning_rate=0.05, num_steps=1500)
    assert raw.same_sign == 1.0
    assert centred.chance == 2.0 ** (1 - num_inputs)
    assert centred.same_sign == pytest.approx(centred.chance, abs=4 * (centred.chance / 1500) ** 0.5)


def test_averages_over_samples_mix_the_signs():
    raw, centred = last(num_inputs=20, batch_size=20, learning_rate=0.05, num_steps=300)
    assert 0.1 < raw.same_sign < 0.9
    assert (centred.same_sign, centred.chance) == (0.0, None)


def test_same_signs_does_not_take_zeros_for_a_sign():
    assert same_signs(np.array([[1, 1], [-1, -1], [1, -1], [0, 0], [1, 0]])).tolist() == [True, True, *[False] * 3]


# Row 4: 10 weights, one sample a step.


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("learning_rate", [0.05, 0.2, 0.5])
def test_the_path_of_positive_inputs_is_longer(learning_rate, seed):
    raw, centred = last(learning_rate=learning_rate, num_steps=1500, seed=seed)
    assert raw.length / centred.length > 1.8
    assert not raw.is_lost and not centred.is_lost


@pytest.mark.parametrize("seed", range(3))
def test_yet_it_takes_as_many_steps_where_the_rate_is_small(seed):
    raw, centred = last(learning_rate=0.05, num_steps=1500, seed=seed)
    assert raw.steps_to_goal == pytest.approx(centred.steps_to_goal, rel=0.1)


def test_only_centred_inputs_bear_a_rate_of_one():
    raw, centred = last(learning_rate=1.0, num_steps=400)
    assert raw.is_lost and raw.steps_to_goal is None
    assert not centred.is_lost and centred.steps_to_goal < 100
    assert np.isfinite(raw.path).all()


def test_turns_do_not_change_the_outcome():
    at_once, in_turns = last(num_steps=60), last(seconds=0.0005, num_steps=60)
    for one, other in zip(at_once, in_turns, strict=True):
        np.testing.assert_array_equal(one.path, other.path)
    assert len(at_once[0].path) == 61
    assert (true_weights(2) == [1, -1]).all()


def test_a_field_out_of_bounds_is_refused():
    with pytest.raises(ConfigError, match="num_inputs: must be a number from 2 to 50, but 1 came"):
        PositiveInputsJob(num_inputs=1)


def test_the_job_stops_when_told():
    frames = PositiveInputsJob().frames()
    next(frames)
    assert frames.send(Turn(stop=True)).status == "stopped"
