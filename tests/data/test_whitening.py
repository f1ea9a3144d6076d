"""Whitening."""

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA

from playground.data.whitening import EPSILON, Whitening

RNG = np.random.default_rng(0)
MIXED = RNG.standard_normal((50, 6)) @ RNG.standard_normal((6, 6)) + 3
PIXELS = load_digits().data / 16


def covariance(X):
    centred = X - X.mean(0)
    return centred.T @ centred / len(X)


def test_the_covariance_becomes_the_identity_up_to_epsilon():
    white = Whitening().fit(MIXED).transform(MIXED)
    eigenvalues = np.sort(np.linalg.eigvalsh(covariance(MIXED)))[::-1]
    np.testing.assert_allclose(covariance(white), np.diag(eigenvalues / (eigenvalues + EPSILON)), atol=1e-10)
    np.testing.assert_allclose(covariance(white), np.eye(6), atol=1e-3)


def test_directions_without_variance_are_not_blown_up():
    white = Whitening().fit(PIXELS).transform(PIXELS)
    variances = white.var(0)
    assert (variances[:50] > 0.99).all()
    assert np.abs(white[:, -3:]).max() < 1e-6  # three pixels of the full set are constant


def test_dividing_by_the_root_without_epsilon_is_rejected():
    raw = PCA(whiten=True, svd_solver="full").fit(PIXELS).transform(PIXELS)
    assert np.abs(raw[:, -3:]).max() > 0.1  # rounding, enlarged
    assert not np.allclose(np.abs(raw), np.abs(Whitening().fit(PIXELS).transform(PIXELS)), atol=0.1)


def test_dividing_by_the_eigenvalue_itself_is_rejected():
    pca = PCA(svd_solver="full").fit(MIXED)
    wrong = pca.transform(MIXED) / pca.explained_variance_
    assert not np.allclose(covariance(wrong), np.eye(6), atol=0.1)


@pytest.mark.parametrize("num_components", [1, 3, 6, None])
def test_only_the_first_directions_are_kept(num_components):
    white = Whitening(num_components).fit(MIXED).transform(MIXED)
    np.testing.assert_allclose(white, Whitening().fit(MIXED).transform(MIXED)[:, : num_components or 6])


@pytest.mark.parametrize("epsilon", [0.0, 1e-8, 0.1])
def test_epsilon_is_an_argument(epsilon):
    white = Whitening(epsilon=epsilon).fit(MIXED).transform(MIXED)
    eigenvalues = np.sort(np.linalg.eigvalsh(covariance(MIXED)))[::-1]
    np.testing.assert_allclose(white.var(0), eigenvalues / (eigenvalues + epsilon))


def test_without_epsilon_empty_directions_stay_finite():
    empty = np.column_stack([MIXED, np.zeros(len(MIXED))])
    assert np.isfinite(Whitening(epsilon=0.0).fit(empty).transform(empty + 1)).all()
