"""Inputs made of the coordinates of a plane: X (N, 2) -> (N,)."""

import numpy as np

from playground.catalog import FEATURES
from playground.registry import resolve


def x1(X: np.ndarray) -> np.ndarray:
    return X[:, 0]


def x2(X: np.ndarray) -> np.ndarray:
    return X[:, 1]


def x1_squared(X: np.ndarray) -> np.ndarray:
    return X[:, 0] ** 2


def x2_squared(X: np.ndarray) -> np.ndarray:
    return X[:, 1] ** 2


def x1_x2(X: np.ndarray) -> np.ndarray:
    return X[:, 0] * X[:, 1]


def sin_x1(X: np.ndarray) -> np.ndarray:
    return np.sin(X[:, 0])


def sin_x2(X: np.ndarray) -> np.ndarray:
    return np.sin(X[:, 1])


def plane_inputs(X: np.ndarray, features: tuple[str, ...]) -> np.ndarray:
    """(N, D) inputs of the chosen features, from coordinates X (N, 2)."""
    return np.stack([resolve(FEATURES[name].target)(X) for name in features], axis=1)
