"""The cloud of the lesson on preprocessing, in closed form."""

import numpy as np
import pytest

from playground.data.cloud import (
    LENGTH,
    OUTLIER,
    cloud,
    condition_number,
    covariance,
    ellipse,
    exactly_standard,
    with_outlier,
)

FIELDS = {"angle": 30.0, "thickness": 0.5, "distance": 5.0}


def made(num_samples=50, **fields):
    return cloud(num_samples, **{**FIELDS, **fields}, rng=np.random.default_rng(3))


@pytest.mark.parametrize("angle", [0.0, 30.0, 90.0])
@pytest.mark.parametrize("thickness", [1e-4, 0.5, 2.0])
def test_mean_and_covariance_are_exactly_what_was_asked_for(angle, thickness):
    X, _ = made(angle=angle, thickness=thickness)
    c, s = np.cos(np.deg2rad(angle)), np.sin(np.deg2rad(angle))
    R = np.array([[c, -s], [s, c]])
    np.testing.assert_allclose(X.mean(axis=0), [4, 3])
    np.testing.assert_allclose(covariance(X), R @ np.diag([LENGTH**2, thickness**2]) @ R.T, atol=1e-12)
    np.testing.assert_allclose(np.linalg.norm(X.mean(axis=0)), 5)
    expected = (LENGTH / thickness) ** 2
    assert condition_number(np.linalg.eigvalsh(covariance(X))) == pytest.approx(max(expected, 1 / expected), rel=1e-6)


def test_a_covariance_divided_by_one_less_is_rejected():
    X, _ = made()
    assert not np.allclose(np.cov(X.T), covariance(X), rtol=1e-3)
    np.testing.assert_allclose(np.cov(X.T, ddof=0), covariance(X))


def test_targets_depend_on_both_directions_alike():
    X, y = made()
    A = np.column_stack([X, np.ones(50)])
    w = np.linalg.lstsq(A, y, rcond=None)[0]
    np.testing.assert_allclose(A @ w, y, atol=1e-10)
    c, s = np.cos(np.pi / 6), np.sin(np.pi / 6)
    np.testing.assert_allclose(w[:2] @ np.array([[c, -s], [s, c]]), [1 / LENGTH, 1 / 0.5])


def test_standard_means_mean_0_and_covariance_i():
    Z = exactly_standard(np.random.default_rng(1).random((20, 4)))
    np.testing.assert_allclose(Z.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(covariance(Z), np.eye(4), atol=1e-12)


def test_an_outlier_is_one_number_of_one_sample():
    X, _ = made()
    changed = with_outlier(X) - X
    assert changed[-1, 0] == OUTLIER and np.count_nonzero(changed) == 1


def test_an_ellipse_lies_two_deviations_from_the_mean():
    X, _ = made()
    outline = ellipse(X.mean(axis=0), covariance(X)) - X.mean(axis=0)
    distances = np.einsum("ni,ij,nj->n", outline, np.linalg.inv(covariance(X)), outline)
    np.testing.assert_allclose(distances, 4)
    assert np.abs(outline).max() == pytest.approx(2 * np.sqrt(np.diag(covariance(X)).max()), rel=1e-2)


def test_directions_of_rounding_have_no_say_in_the_condition_number():
    assert condition_number(np.array([4.0, 1.0, 1e-17, 0.0, -1e-18])) == 4
    assert condition_number(np.array([4.0, 1e-9])) == pytest.approx(4e9)
    assert condition_number(np.zeros(2)) == 1
