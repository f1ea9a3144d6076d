"""A leak on purpose: a step fitted on all samples against one fitted on the training samples alone, judged alike."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

RIDGE = 1.0  # strength of the classifier's penalty
FRESH = 150  # samples that no fit has seen
SPOILED = 100.0  # what a wrong unit multiplies a sample by


@dataclass(frozen=True)
class Draw:
    """Samples of one split.

    Args:
        X, y: (N, D) and (N,); the first num_train rows train, as many validate, the rest are fresh.
    """

    X: np.ndarray
    y: np.ndarray
    num_train: int

    @property
    def train(self) -> slice:
        return slice(0, self.num_train)

    @property
    def known(self) -> slice:
        """Training and validation samples: all that there is in the lab."""
        return slice(0, 2 * self.num_train)

    @property
    def val(self) -> slice:
        return slice(self.num_train, 2 * self.num_train)

    @property
    def fresh(self) -> slice:
        return slice(2 * self.num_train, None)


class Selection(TransformerMixin, BaseEstimator):
    """The inputs whose means differ most between the classes, by the F statistic.

    Args:
        num_kept: how many.
    """

    def __init__(self, num_kept: int):
        self.num_kept = num_kept

    def fit(self, X: np.ndarray, y: np.ndarray) -> "Selection":
        self.kept_ = np.argsort(-separation(X, y), kind="stable")[: self.num_kept]
        return self

    def transform(self, X: np.ndarray) -> np.ndarray:
        return X[:, self.kept_]


def separation(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """(D,) F statistic of the analysis of variance; 0 where an input never changes."""
    classes, counts = np.unique(y, return_counts=True)
    means = np.stack([X[y == name].mean(axis=0) for name in classes])
    between = counts @ (means - X.mean(axis=0)) ** 2 / (len(classes) - 1)
    within = ((X - means[np.searchsorted(classes, y)]) ** 2).sum(axis=0) / (len(X) - len(classes))
    return np.divide(between, within, out=np.zeros(X.shape[1]), where=within > 0)


def noise_draw(num_train: int, num_inputs: int, rng: np.random.Generator) -> Draw:
    """Normal inputs, and labels that have nothing to do with them."""
    number = 2 * num_train + FRESH
    return Draw(rng.standard_normal((number, num_inputs)), rng.permutation(number) % 2, num_train)


def real_draw(X: np.ndarray, y: np.ndarray, num_train: int, rng: np.random.Generator) -> Draw:
    """Random rows."""
    rows = rng.permutation(len(X))[: 2 * num_train + FRESH]
    return Draw(X[rows], y[rows], num_train)


def spoiled(draw: Draw) -> Draw:
    """The same with one validation sample in a wrong unit."""
    X = draw.X.copy()
    X[draw.val.stop - 1] *= SPOILED
    return Draw(X, draw.y, draw.num_train)


def accuracies(draw: Draw, build: Callable[[], TransformerMixin]) -> tuple[float, float, float, float]:
    """Accuracy on validation and on fresh samples, the step fitted on training samples; then fitted on all known ones.

    The classifier itself sees the training samples alone, both times.
    """
    found = []
    for fitted in (draw.train, draw.known):
        step = build().fit(draw.X[fitted], draw.y[fitted])
        inputs = step.transform(draw.X)
        guesses = ridge_guesses(inputs[draw.train], draw.y[draw.train], inputs)
        found += [float(np.mean(guesses[part] == draw.y[part])) for part in (draw.val, draw.fresh)]
    return tuple(found)


def ridge_guesses(X: np.ndarray, y: np.ndarray, inputs: np.ndarray) -> np.ndarray:
    """(M,) classes of inputs (M, D), by ridge regression of the classes of X (N, D) with a free intercept.

    Source: scikit-learn, RidgeClassifier; solved for N unknowns, because there are few samples.
    """
    classes = np.unique(y)
    targets = (y[:, None] == classes).astype(float)
    middle, share = X.mean(axis=0), targets.mean(axis=0)
    centred = X - middle
    weights = centred.T @ np.linalg.solve(centred @ centred.T + RIDGE * np.eye(len(X)), targets - share)
    return classes[np.argmax((inputs - middle) @ weights + share, axis=1)]
