"""A flat cloud of points whose mean and covariance are exactly what was asked for."""

import numpy as np

LENGTH = 2.0  # standard deviation along the cloud
TOWARDS = np.array([0.8, 0.6])  # where the middle of the cloud is moved
OUTLIER = 30.0  # added to one input of one sample


def cloud(
    num_samples: int, *, angle: float, thickness: float, distance: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Points, and targets that depend on both directions alike.

    Args:
        num_samples: N, at least 3.
        angle: of the long direction with the first axis, in degrees.
        thickness: standard deviation across the cloud.
        distance: of its mean from the origin.

    Returns:
        X (N, 2), covariance R diag(LENGTH^2, thickness^2) R^T; y (N,), the sum of both standardized coordinates.
    """
    standard = exactly_standard(rng.standard_normal((num_samples, 2)))
    turn = np.deg2rad(angle)
    directions = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return distance * TOWARDS + standard * [LENGTH, thickness] @ directions, standard.sum(axis=1)


def exactly_standard(X: np.ndarray) -> np.ndarray:
    """X (N, D) moved and sheared to mean 0 and covariance I (divisor N)."""
    centred = X - X.mean(axis=0)
    root = np.linalg.cholesky(centred.T @ centred / len(X))
    return np.linalg.solve(root, centred.T).T


def with_outlier(X: np.ndarray) -> np.ndarray:
    """X with the first input of the last sample measured wrongly."""
    spoiled = X.copy()
    spoiled[-1, 0] += OUTLIER
    return spoiled


def covariance(X: np.ndarray) -> np.ndarray:
    """(D, D) with divisor N."""
    centred = X - X.mean(axis=0)
    return centred.T @ centred / len(X)


def condition_number(eigenvalues: np.ndarray) -> float:
    """Largest eigenvalue over the smallest one that is more than rounding; 1 where there is only one, or none."""
    kept = eigenvalues[eigenvalues > eigenvalues.max() * rounding(len(eigenvalues))]
    return float(kept.max() / kept.min()) if len(kept) else 1.0


def rounding(size: int) -> float:
    """What rounding leaves of an eigenvalue of 0, as a share of the largest one."""
    return 10 * size * float(np.finfo(float).eps)


def ellipse(middle: np.ndarray, matrix: np.ndarray, deviations: float = 2.0, points: int = 73) -> np.ndarray:
    """(points, 2) outline of the places that lie so many standard deviations from the middle.

    Args:
        matrix: (2, 2) covariance.
    """
    eigenvalues, directions = np.linalg.eigh(matrix)
    turn = np.linspace(0, 2 * np.pi, points)
    circle = np.stack([np.cos(turn), np.sin(turn)])
    return middle + deviations * (directions * np.sqrt(np.maximum(eigenvalues, 0)) @ circle).T
