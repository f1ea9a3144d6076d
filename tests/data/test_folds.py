"""Folds of the samples that are not for the test."""

import numpy as np
import pytest

from playground.catalog import DATASETS
from playground.catalog.losses import CLASSIFICATION
from playground.config import Config
from playground.data.folds import fold_rows
from playground.data.prepared import prepare
from playground.data.samples import load_samples

folds = pytest.mark.parametrize("num_folds", [2, 3, 10])


def loaded(**fields):
    return load_samples(Config.parse(fields))


@folds
@pytest.mark.parametrize("name", DATASETS)
def test_folds_are_equal_apart_and_leave_the_test_split_alone(name, num_folds):
    whole = loaded(dataset=name)
    pool = {*whole.train, *whole.val}
    each = [loaded(dataset=name, num_folds=num_folds, fold=fold) for fold in range(num_folds)]
    for samples in each:
        assert len(samples.val) == len(pool) // num_folds
        assert {*samples.train, *samples.val} == pool and len(samples.train) + len(samples.val) == len(pool)
        assert np.array_equal(samples.test, whole.test)
    validating = [row for samples in each for row in samples.val]
    assert len(set(validating)) == len(validating) == len(pool) // num_folds * num_folds


@folds
@pytest.mark.parametrize("name", [name for name, row in DATASETS.items() if row.task == CLASSIFICATION])
def test_each_fold_has_the_shares_of_the_classes(name, num_folds):
    samples = loaded(dataset=name, num_folds=num_folds, fold=1)
    pool = np.bincount(samples.y[np.concatenate([samples.train, samples.val])])
    counts = np.bincount(samples.y[samples.val], minlength=len(pool))
    assert np.abs(counts - pool / num_folds).max() < 3  # the samples left over are drawn at random


def test_a_class_too_small_for_the_folds_is_dealt_as_it_comes():
    labels = np.array([0] * 20 + [1])
    parts = [fold_rows(np.arange(21), 3, fold, 0, labels) for fold in range(3)]
    assert [len(val) for _, val in parts] == [7, 7, 7]


@pytest.mark.parametrize("seed", range(5))
def test_a_class_as_large_as_the_folds_are_many_is_in_each(seed):
    labels = np.array([0] * 18 + [1] * 3)
    parts = [fold_rows(np.arange(21), 3, fold, seed, labels) for fold in range(3)]
    assert [labels[val].sum() for _, val in parts] == [1, 1, 1]


def test_label_noise_is_in_the_training_folds_alone():
    clean = loaded(dataset="wine", num_folds=4, fold=2)
    noisy = loaded(dataset="wine", num_folds=4, fold=2, label_noise=0.5)
    assert np.array_equal(clean.train, noisy.train)
    assert (clean.y[clean.train] != noisy.y[clean.train]).sum() == round(0.5 * len(clean.train))
    for part in ("val", "test"):
        assert np.array_equal(clean.y[getattr(clean, part)], noisy.y[getattr(clean, part)])


@pytest.mark.parametrize("fold", [0, 2])
def test_preprocessing_is_fitted_on_the_training_folds_alone(fold):
    data = prepare(Config.parse({"dataset": "wine", "num_folds": 3, "fold": fold, "preprocessing": "standardize"}))
    raw = data.samples.X[data.samples.train]
    np.testing.assert_allclose(data.preprocessor.mean_, raw.mean(axis=0))
    pooled = data.samples.X[np.concatenate([data.samples.train, data.samples.val])]
    assert not np.allclose(data.preprocessor.mean_, pooled.mean(axis=0))  # the wrong variant
    np.testing.assert_allclose(data.train.X.mean(dim=0).numpy(), 0, atol=1e-5)


def test_one_fold_is_none():
    one, none = loaded(num_folds=1), loaded()
    assert np.array_equal(one.train, none.train) and np.array_equal(one.val, none.val)


def test_another_seed_cuts_otherwise():
    first, other = (loaded(dataset="wine", num_folds=3, seed=seed) for seed in (0, 1))
    assert not np.array_equal(first.val, other.val)
