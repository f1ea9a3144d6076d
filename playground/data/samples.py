"""Raw samples of a Config and their split, before any preprocessing."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import numpy as np
from sklearn.model_selection import train_test_split

from playground.catalog import DATASETS
from playground.catalog.datasets import IMAGE, PLANE
from playground.catalog.losses import CLASSIFICATION
from playground.config import Config
from playground.data.features import plane_inputs
from playground.data.folds import fold_rows
from playground.data.translation import moved
from playground.registry import resolve
from playground.rules import class_sizes, has_folds, split_sizes
from playground.seeds import numpy_generator, stream_seed

PIXEL_MAX = 16  # load_digits counts ink from 0 to 16


@dataclass(frozen=True)
class Samples:
    """All samples of one run.

    Args:
        X: (N, D) inputs, before preprocessing.
        y: (N,) class indices int64, or regression targets float64 in their own unit.
        points: (N, 2) coordinates of a plane, else None.
        class_names: empty for regression.
        train, val, test: row numbers of each split.
    """

    X: np.ndarray
    y: np.ndarray
    points: np.ndarray | None
    class_names: tuple[str, ...]
    train: np.ndarray
    val: np.ndarray
    test: np.ndarray

    @property
    def train_mean(self) -> np.ndarray:
        """(D,) mean of each input over the training split."""
        return self.X[self.train].mean(axis=0)


def load_samples(config: Config) -> Samples:
    """Samples of the chosen data set, split; label noise is in the training split alone, moved images in the test."""
    dataset, rng = DATASETS[config.dataset], numpy_generator(config.seed, "data")
    if dataset.kind == PLANE:
        points, y = _made(config, rng)
        X, class_names = plane_inputs(points, config.features), tuple(str(c) for c in range(dataset.num_classes))
    else:
        points = None
        X, y, class_names = _real(config, rng)
    is_classification = dataset.task == CLASSIFICATION
    labels = y if is_classification else None
    train, val, test = split(len(X), config.train_fraction, config.seed, labels)
    if has_folds(config):
        rows = np.concatenate([train, val])
        own = None if labels is None else labels[rows]
        train, val = fold_rows(rows, config.num_folds, config.fold, config.seed, own)
    if is_classification:
        y = y.astype(np.int64)
        y[train] = noisy_labels(y[train], config.label_noise, dataset.num_classes, config.seed)
    if config.test_shift and dataset.kind == IMAGE:
        X[test] = moved(X[test].reshape(-1, *dataset.image_shape), config.test_shift, rng).reshape(len(test), -1)
    return Samples(X, y, points, class_names, train, val, test)


def _made(config: Config, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Points (N, 2) and their targets (N,)."""
    draw = partial(resolve(DATASETS[config.dataset].target), config.num_samples, config.noise, rng)
    points, y = draw()
    sizes = class_sizes(config)
    if not sizes:
        return points, y
    while (np.bincount(y, minlength=len(sizes)) < sizes).any():  # classes that are drawn too may fall short
        points, y = (np.concatenate(both) for both in zip((points, y), draw(), strict=True))
    rows = first_of_each(y, sizes, rng.permutation(len(y)))
    return points[rows], y[rows]


def _real(config: Config, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
    """X, y and class names of random rows of a scikit-learn data set; a copy."""
    dataset = DATASETS[config.dataset]
    bunch = _loaded(dataset.target)
    rows = np.arange(dataset.num_available)
    if sizes := class_sizes(config):
        rows = first_of_each(bunch.target, sizes, rng.permutation(rows))
    elif config.num_samples < dataset.num_available:
        rows = rng.permutation(rows)[: config.num_samples]
    X = bunch.data[rows] / PIXEL_MAX if dataset.kind == IMAGE else bunch.data[rows]
    return X, bunch.target[rows], tuple(str(name) for name in getattr(bunch, "target_names", ()))


def first_of_each(labels: np.ndarray, sizes: Sequence[int], order: np.ndarray) -> np.ndarray:
    """Row numbers, rising, of the first sizes[c] samples of each class c, in the order given."""
    return np.sort(np.concatenate([order[labels[order] == name][:size] for name, size in enumerate(sizes)]))


@cache
def _loaded(target: str) -> Any:
    """What scikit-learn's function returns; reading digits takes longer than splitting them. Not to be changed."""
    return resolve(target)()


def split(
    num_samples: int, train_fraction: float, seed: int, labels: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Row numbers for training, validation and test, the latter two of equal size.

    Args:
        labels: (N,) classes whose shares each split keeps where every class has samples enough; None for regression.
    """
    num_train, num_val = split_sizes(num_samples, train_fraction)
    random_state = stream_seed(seed, "split")
    rows = np.arange(num_samples)
    train, rest = _two_way(rows, num_train, labels, random_state)
    val, test = _two_way(rest, num_val, None if labels is None else labels[rest], random_state)
    return train, val, test


def _two_way(
    rows: np.ndarray, size: int, labels: np.ndarray | None, random_state: int
) -> tuple[np.ndarray, np.ndarray]:
    if labels is not None:
        counts = np.unique(labels, return_counts=True)[1]
        if counts.min() < 2 or min(size, len(rows) - size) < len(counts):
            labels = None  # too few of a class to share out
    first, second = train_test_split(rows, train_size=size, random_state=random_state, stratify=labels)
    return first, second


def noisy_labels(labels: np.ndarray, share: float, num_classes: int, seed: int) -> np.ndarray:
    """Labels (N,) of which round(share * N) are replaced by another class, each as likely."""
    rng = numpy_generator(seed, "labels")
    wrong = rng.permutation(len(labels))[: round(share * len(labels))]
    noisy = labels.copy()
    noisy[wrong] = (noisy[wrong] + rng.integers(1, num_classes, len(wrong))) % num_classes
    return noisy
