"""DigitDirectionsJob against NumPy and the figures of lecture notes."""

import numpy as np
import pytest
from sklearn.datasets import load_digits

from playground.jobs.job import Turn
from playground.jobs.preprocessing.digit_directions import DigitDirectionsJob
from playground.parsing import ConfigError

PIXELS = load_digits().data / 16


def last(**fields):
    frames = DigitDirectionsJob(**fields).frames()
    next(frames)
    return frames.send(Turn())


@pytest.fixture(scope="module")
def whole():
    return last(has_all=True)


@pytest.fixture(scope="module")
def split():
    return last()


def test_figures_of_the_whole_set(whole):
    assert (whole.num_fitted, whole.constant) == (1797, 3)
    assert whole.shares[:2] == pytest.approx([0.1489, 0.1362], abs=5e-5)
    assert whole.num_enough == 29


def test_seven_directions_of_the_training_split_are_nearly_empty(split):
    assert split.num_fitted == 1348
    assert split.num_tiny == 7 and split.num_judged == 225


def test_eigenvalues_are_those_of_the_covariance_divided_by_n(whole):
    centred = PIXELS - PIXELS.mean(axis=0)
    values = np.linalg.eigvalsh(centred.T @ centred / len(PIXELS))[::-1]
    np.testing.assert_allclose(whole.eigenvalues, values, atol=1e-12)
    assert not np.allclose(whole.eigenvalues[0], np.linalg.eigvalsh(np.cov(PIXELS.T))[-1], rtol=1e-5), (
        "divided by N - 1"
    )
    np.testing.assert_allclose(whole.shares, values / values.sum(), atol=1e-12)


def test_mean_and_deviation_are_those_of_each_pixel(whole):
    np.testing.assert_allclose(whole.mean.ravel(), PIXELS.mean(axis=0))
    np.testing.assert_allclose(whole.spread.ravel(), PIXELS.std(axis=0), atol=1e-12)


def test_treatments_by_pixel_and_by_all_pixels(whole):
    X = whole.digits.reshape(-1, 64)
    (centred, together), (own, one) = whole.treated
    std = PIXELS.std(axis=0)
    std[std < 1e-12] = 1
    expected = (
        (centred, X - PIXELS.mean(axis=0)),
        (together, X - PIXELS.mean()),
        (own, (X - PIXELS.mean(axis=0)) / std),
        (one, (X - PIXELS.mean()) / PIXELS.std()),
    )
    for (pictures, _), values in expected:
        np.testing.assert_allclose(pictures.reshape(-1, 64), values, atol=1e-10)
    assert own[1] > 20 * one[1], "rare ink is many deviations away"


@pytest.mark.parametrize("num_components", [1, 10, 29, 64])
def test_what_is_rebuilt_misses_the_variance_of_the_other_directions(num_components):
    seen = last(num_components=num_components)
    assert seen.lost == pytest.approx(1 - seen.shares[:num_components].sum(), abs=1e-10)
    mean, V = seen.mean.ravel(), seen.directions.reshape(-1, 64)[:num_components]
    if num_components <= len(seen.directions):
        X = seen.originals.reshape(-1, 64)
        np.testing.assert_allclose(seen.rebuilt.reshape(-1, 64), mean + (X - mean) @ V.T @ V, atol=1e-10)


@pytest.mark.parametrize("epsilon", [1e-5, 1e-2])
def test_whitened_deviations_are_those_of_the_formula(epsilon):
    seen = last(has_all=True, epsilon=epsilon)
    expected = np.sqrt(seen.eigenvalues / (seen.eigenvalues + epsilon))
    np.testing.assert_allclose(seen.white, expected, atol=1e-6)
    wrong = np.sqrt(seen.eigenvalues) / (seen.eigenvalues + epsilon)  # divided by the eigenvalue, not by its root
    assert not np.allclose(seen.white, wrong, atol=0.1)


def test_epsilon_keeps_rounding_down(split):
    assert (split.white[-3:] < 1e-9).all()
    assert (split.raw[-3:] > 1e-3).all()
    assert split.raw.max() > split.white.max() > 1


@pytest.mark.parametrize(("field", "value"), [("num_components", 0), ("num_components", 65), ("epsilon", -1.0)])
def test_a_field_out_of_bounds_is_refused(field, value):
    with pytest.raises(ConfigError, match=f"{field}: must be a number from"):
        DigitDirectionsJob(**{field: value})


def test_the_job_stops_when_told():
    frames = DigitDirectionsJob().frames()
    next(frames)
    assert frames.send(Turn(stop=True)).status == "stopped"
