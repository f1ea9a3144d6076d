"""Made data sets in the plane. Each function returns X (N, 2) and y (N,): class indices, or regression targets."""

import numpy as np
from sklearn.datasets import make_moons

SIDE = 6.0  # the plane is [-6, 6]^2
BUMPS = np.array([[-4, 2.5], [0, 2.5], [4, 2.5], [-4, -2.5], [0, -2.5], [4, -2.5]])
BUMP_SIGNS = np.array([1, -1, 1, -1, 1, -1])

Samples = tuple[np.ndarray, np.ndarray]


def _jittered(X: np.ndarray, y: np.ndarray, noise: float, rng: np.random.Generator) -> Samples:
    """X moved by noise of that standard deviation, kept in the plane."""
    return np.clip(X + noise * rng.standard_normal(X.shape), -SIDE, SIDE), y


def _halves(num_samples: int) -> np.ndarray:
    """(N,) class indices, half 0 and half 1."""
    return np.arange(num_samples) % 2


def _polar(radius: np.ndarray, angle: np.ndarray) -> np.ndarray:
    return np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=1)


def spiral(num_samples: int, noise: float, rng: np.random.Generator) -> Samples:
    """Two arms of 1.75 turns, radius 0 to 5."""
    y = _halves(num_samples)
    share = rng.random(num_samples)
    return _jittered(_polar(5 * share, 1.75 * 2 * np.pi * share + np.pi * y), y, noise, rng)


def circle(num_samples: int, noise: float, rng: np.random.Generator) -> Samples:
    """A disc of radius 2.5 (class 1) inside a ring from 3.5 to 5 (class 0)."""
    y = _halves(num_samples)
    share = rng.random(num_samples)
    radius = np.where(y == 1, 2.5 * share, 3.5 + 1.5 * share)
    return _jittered(_polar(radius, 2 * np.pi * rng.random(num_samples)), y, noise, rng)


def xor(num_samples: int, noise: float, rng: np.random.Generator) -> Samples:
    """Class 1 where x1 and x2 have the same sign; the axes are kept free by 0.3."""
    X = rng.uniform(-5, 5, (num_samples, 2))
    X += 0.3 * np.sign(X)
    return _jittered(X, (X[:, 0] * X[:, 1] >= 0).astype(np.int64), noise, rng)


def gauss(num_samples: int, noise: float, rng: np.random.Generator) -> Samples:
    """Unit Gaussians around (2, 2), class 1, and (-2, -2), class 0."""
    y = _halves(num_samples)
    X = rng.standard_normal((num_samples, 2)) + np.where(y == 1, 2.0, -2.0)[:, None]
    return _jittered(X, y, noise, rng)


def moons(num_samples: int, noise: float, rng: np.random.Generator) -> Samples:
    """scikit-learn's two moons, centred and enlarged threefold."""
    X, y = make_moons(num_samples, noise=None, random_state=int(rng.integers(2**31)))
    return _jittered(3 * (X - [0.5, 0.25]), y, noise, rng)


def spiral3(num_samples: int, noise: float, rng: np.random.Generator) -> Samples:
    """Three arms of num_samples / 3 points, evenly spaced radius 0 to 1, 4 radians an arm, noise on the angle.

    Source: CS231n notes, Putting it together: minimal neural network case study.
    """
    sizes = [len(part) for part in np.array_split(np.arange(num_samples), 3)]
    radius = np.concatenate([np.linspace(0, 1, size) for size in sizes])
    angle = np.concatenate([np.linspace(4 * arm, 4 * (arm + 1), size) for arm, size in enumerate(sizes)])
    y = np.repeat(np.arange(3), sizes)
    return _polar(radius, angle + noise * rng.standard_normal(num_samples)), y


def plane(num_samples: int, noise: float, rng: np.random.Generator) -> Samples:
    """y = (x1 + x2) / 12, in [-1, 1]."""
    X = rng.uniform(-SIDE, SIDE, (num_samples, 2))
    return _jittered(X, X.sum(axis=1) / 12, noise, rng)


def gauss_regression(num_samples: int, noise: float, rng: np.random.Generator) -> Samples:
    """Three unit bumps up and three down."""
    X = rng.uniform(-SIDE, SIDE, (num_samples, 2))
    squared_distance = ((X[:, None, :] - BUMPS) ** 2).sum(axis=2)
    return _jittered(X, (BUMP_SIGNS * np.exp(-squared_distance / 2)).sum(axis=1), noise, rng)
