"""Made data sets against the formulas of their points and targets."""

import numpy as np
import pytest

from playground.catalog import DATASETS
from playground.catalog.datasets import PLANE
from playground.catalog.losses import CLASSIFICATION
from playground.data.planes import BUMP_SIGNS, BUMPS
from playground.registry import resolve

PLANES = {name: row for name, row in DATASETS.items() if row.kind == PLANE}
planes = pytest.mark.parametrize("row", PLANES.values(), ids=PLANES)
classes = pytest.mark.parametrize(
    "row", [row for row in PLANES.values() if row.task == CLASSIFICATION], ids=lambda row: row.name
)


def made(name, num_samples=300, noise=0.0, seed=0):
    return resolve(DATASETS[name].target)(num_samples, noise, np.random.default_rng(seed))


@planes
@pytest.mark.parametrize("noise", [0.0, 0.1, 3.0])
@pytest.mark.parametrize("num_samples", [20, 301])
def test_points_are_finite_and_lie_on_the_plane(row, noise, num_samples):
    X, y = made(row.name, num_samples, noise)
    assert X.shape == (num_samples, 2) and y.shape == (num_samples,)
    assert np.isfinite(X).all() and np.isfinite(y).all()
    assert (np.abs(X) <= row.extent).all()


@classes
def test_classes_are_balanced(row):
    _, y = made(row.name, 1000)
    counts = np.bincount(y, minlength=row.num_classes)
    assert len(counts) == row.num_classes
    assert counts.min() > 0.9 * 1000 / row.num_classes


@planes
def test_equal_seeds_make_equal_points(row):
    for one, other in zip(made(row.name), made(row.name), strict=True):
        assert np.array_equal(one, other)


@planes
def test_noise_moves_points_and_leaves_targets(row):
    (still, y), (moved, noisy_y) = made(row.name, 2000), made(row.name, 2000, noise=0.1)
    assert np.array_equal(y, noisy_y)
    assert not np.array_equal(still, moved)


@pytest.mark.parametrize("name", [name for name, row in PLANES.items() if row.extent == 6])
def test_noise_is_the_standard_deviation_of_the_jitter(name):
    still, moved = made(name, 4000)[0], made(name, 4000, noise=0.2)[0]
    inner = (np.abs(still) < 5).all(axis=1)  # points at the border are kept in
    assert (moved - still)[inner].std() == pytest.approx(0.2, rel=0.05)


def radius_and_angle(X):
    return np.hypot(X[:, 0], X[:, 1]), np.arctan2(X[:, 0], X[:, 1])


def same_angle(one, other):
    return np.abs(np.exp(1j * one) - np.exp(1j * other)).max() < 1e-9


def test_spiral_has_two_arms_half_a_turn_apart():
    X, y = made("spiral")
    radius, angle = radius_and_angle(X)
    assert radius.max() <= 5
    assert same_angle(angle, 1.75 * 2 * np.pi * radius / 5 + np.pi * y)


def test_spiral3_is_the_case_study_of_the_notes():
    X, y = made("spiral3")
    t = np.linspace(0, 1, 100)
    for arm in range(3):
        theta = np.linspace(arm * 4, (arm + 1) * 4, 100)
        np.testing.assert_allclose(X[y == arm], np.stack([t * np.sin(theta), t * np.cos(theta)], axis=1), atol=1e-12)


def test_spiral3_puts_noise_on_the_angle_and_not_on_the_radius():
    still, moved = made("spiral3", 3000)[0], made("spiral3", 3000, noise=0.2)[0]
    (radius, angle), (moved_radius, moved_angle) = radius_and_angle(still), radius_and_angle(moved)
    np.testing.assert_allclose(moved_radius, radius, atol=1e-12)
    turned = np.angle(np.exp(1j * (moved_angle - angle)))[radius > 0]
    assert turned.std() == pytest.approx(0.2, rel=0.05)


def test_circle_is_a_disc_in_a_ring():
    X, y = made("circle")
    radius, _ = radius_and_angle(X)
    assert radius[y == 1].max() <= 2.5
    assert radius[y == 0].min() >= 3.5 and radius.max() <= 5


def test_exclusive_or_is_the_sign_of_the_product_with_free_axes():
    X, y = made("xor")
    assert np.array_equal(y, (X[:, 0] * X[:, 1] >= 0).astype(int))
    assert np.abs(X).min() >= 0.3


def test_gaussians_have_their_means_and_unit_variance():
    X, y = made("gauss", 4000)
    for label, mean in ((0, -2), (1, 2)):
        np.testing.assert_allclose(X[y == label].mean(0), mean, atol=0.15)
        np.testing.assert_allclose(X[y == label].std(0), 1, atol=0.1)


def test_moons_are_two_half_circles():
    X, y = made("moons")
    X = X / 3 + [0.5, 0.25]
    np.testing.assert_allclose(np.hypot(X[y == 0, 0], X[y == 0, 1]), 1)
    np.testing.assert_allclose(np.hypot(X[y == 1, 0] - 1, X[y == 1, 1] - 0.5), 1)


def test_the_tilted_plane_is_the_mean_of_its_coordinates_over_six():
    X, y = made("plane")
    np.testing.assert_allclose(y, X.mean(axis=1) / 6)
    assert np.abs(y).max() <= 1


def test_six_bumps_are_a_sum_of_gaussians():
    X, y = made("gauss_regression")
    expected = [
        sum(sign * np.exp(-((point - centre) ** 2).sum() / 2) for centre, sign in zip(BUMPS, BUMP_SIGNS, strict=True))
        for point in X
    ]
    np.testing.assert_allclose(y, expected)
    assert BUMP_SIGNS.sum() == 0
