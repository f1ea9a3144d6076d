"""Preprocessing against scikit-learn, on splits that reveal a leak."""

import numpy as np
import pytest
import torch
from sklearn.decomposition import PCA
from sklearn.preprocessing import MinMaxScaler, Normalizer, RobustScaler, StandardScaler

from playground.catalog import DATASETS, PREPROCESSING
from playground.catalog.losses import REGRESSION
from playground.config import Config
from playground.data.prepared import build_preprocessor, prepare

OUTLIER = np.array([[1.0], [2], [3], [4], [100]])
OUTLIER_RESULTS = {
    "standardize": [-0.538, -0.513, -0.487, -0.461, 1.999],
    "robust": [-1, -0.5, 0, 0.5, 48.5],
    "minmax": [0, 0.0101, 0.0202, 0.0303, 1],
    "center": [-21, -20, -19, -18, 78],
    "none": [1, 2, 3, 4, 100],
    "normalizer": [1, 1, 1, 1, 1],
    "standardize_global": [-0.538, -0.513, -0.487, -0.461, 1.999],
}


def whitened(train, X):
    """By the eigenvectors of the covariance of the training split, with divisor N."""
    mean = train.mean(0)
    values, vectors = np.linalg.eigh((train - mean).T @ (train - mean) / len(train))
    order = values.argsort()[::-1]
    return (X - mean) @ vectors[:, order] / np.sqrt(values[order] + 1e-5)


# Row -> (train, X) -> X preprocessed with statistics of train.
ORACLES = {
    "none": lambda train, X: X,
    "center": lambda train, X: X - train.mean(0),
    "standardize": lambda train, X: StandardScaler().fit(train).transform(X),
    "robust": lambda train, X: RobustScaler().fit(train).transform(X),
    "minmax": lambda train, X: MinMaxScaler().fit(train).transform(X),
    "normalizer": lambda train, X: Normalizer().fit(train).transform(X),
    "pca": lambda train, X: PCA(svd_solver="full").fit(train).transform(X),
    "whiten": whitened,
    "standardize_global": lambda train, X: (X - train.mean(0)) / (train - train.mean(0)).std(),
}
WITHOUT_STATISTICS = {"none", "normalizer"}
rows = pytest.mark.parametrize("name", PREPROCESSING)


def test_every_row_has_an_oracle():
    assert set(ORACLES) == set(PREPROCESSING)


@rows
def test_every_split_is_preprocessed_with_the_statistics_of_training_alone(name):
    data = prepare(Config.parse({"dataset": "wine", "preprocessing": name, "train_fraction": 0.3}))
    X = data.samples.X
    train = X[data.samples.train]
    for split, part in ((data.train, data.samples.train), (data.val, data.samples.val), (data.test, data.samples.test)):
        expected, leaked = ORACLES[name](train, X[part]), ORACLES[name](X, X[part])
        scale = np.abs(expected).max(0)  # the sign of a rotated axis is arbitrary
        actual = np.abs(split.X.numpy()) / scale
        np.testing.assert_allclose(actual, np.abs(expected) / scale, atol=1e-4)
        agrees_with_leak = np.allclose(actual, np.abs(leaked) / scale, atol=1e-2)
        assert agrees_with_leak == (name in WITHOUT_STATISTICS)


@pytest.mark.parametrize(("name", "expected"), OUTLIER_RESULTS.items(), ids=OUTLIER_RESULTS)
def test_an_outlier_worked_by_hand(name, expected):
    scaler = build_preprocessor(Config.parse({"preprocessing": name})).fit(OUTLIER)
    np.testing.assert_allclose(scaler.transform(OUTLIER)[:, 0], expected, atol=5e-4)


def test_the_normalizer_scales_a_sample_and_not_a_column():
    scaler = build_preprocessor(Config.parse({"preprocessing": "normalizer"}))
    np.testing.assert_allclose(scaler.fit_transform([[3.0, 4.0], [30.0, 40.0]]), [[0.6, 0.8], [0.6, 0.8]])


def test_one_deviation_keeps_what_each_input_weighs():
    X = np.array([[1.0, 10.0], [3.0, 30.0]])
    scaled = build_preprocessor(Config.parse({"preprocessing": "standardize_global"})).fit_transform(X)
    np.testing.assert_allclose(scaled, np.array([[-1, -10], [1, 10]]) / np.sqrt((1 + 100) / 2))
    of_the_raw_values = (X - X.mean(0)) / X.std()
    assert not np.allclose(of_the_raw_values, scaled), "the wrong variant: a deviation that the means take part in"
    assert not np.allclose(StandardScaler().fit_transform(X), scaled)


def test_arguments_of_a_row_can_be_replaced():
    config = Config.parse({"preprocessing": "whiten"})
    assert (build_preprocessor(config).epsilon, build_preprocessor(config, epsilon=0.1).epsilon) == (1e-5, 0.1)


@rows
def test_constant_columns_stay_finite(name):
    data = prepare(Config.parse({"dataset": "digits", "preprocessing": name}))
    assert all(torch.isfinite(split.X).all() for split in (data.train, data.val, data.test))


@pytest.mark.parametrize("name", [name for name, row in PREPROCESSING.items() if row.reduces])
@pytest.mark.parametrize("num_components", [1, 5, 13])
def test_only_the_first_directions_are_kept(name, num_components):
    fields = {"dataset": "wine", "preprocessing": name}
    every = prepare(Config.parse(fields))
    some = prepare(Config.parse(fields | {"num_components": num_components}))
    assert some.num_inputs == num_components
    torch.testing.assert_close(some.val.X, every.val.X[:, :num_components])


@pytest.mark.parametrize("name", [name for name, row in DATASETS.items() if row.task == REGRESSION])
def test_targets_of_a_regression_have_unit_variance_in_training(name):
    data = prepare(Config.parse({"dataset": name}))
    assert data.train.y.shape == (len(data.samples.train), 1)
    assert data.train.y.mean().item() == pytest.approx(0, abs=1e-5)
    assert data.train.y.std(correction=0).item() == pytest.approx(1, abs=1e-5)
    raw = data.samples.y[data.samples.train]
    expected = (data.samples.y[data.samples.val] - raw.mean()) / raw.std()
    np.testing.assert_allclose(data.val.y[:, 0], expected, atol=1e-5)


@pytest.mark.parametrize("name", DATASETS)
def test_splits_are_tensors_as_wide_as_the_network_expects(name):
    data = prepare(Config.parse({"dataset": name}))
    row = DATASETS[name]
    assert data.num_outputs == max(row.num_classes, 1)
    assert data.train.X.dtype == torch.float32
    assert data.train.y.dtype == (torch.float32 if row.task == REGRESSION else torch.int64)
    assert len(data.train) + len(data.val) + len(data.test) == len(data.samples.X)


def test_points_of_the_plane_go_the_way_of_the_samples():
    config = Config.parse({"features": "x1,x2_squared", "preprocessing": "standardize"})
    data = prepare(config)
    torch.testing.assert_close(data.inputs_at(data.samples.points[data.samples.val], config), data.val.X)


def test_a_shifted_test_set_is_preprocessed_with_the_statistics_of_training():
    fields = {"dataset": "digits", "preprocessing": "standardize"}
    plain, shifted = prepare(Config.parse(fields)), prepare(Config.parse(fields | {"test_shift": 1}))
    train = plain.samples.X[plain.samples.train]
    assert torch.equal(plain.train.X, shifted.train.X) and torch.equal(plain.val.X, shifted.val.X)
    expected = StandardScaler().fit(train).transform(shifted.samples.X[shifted.samples.test])
    np.testing.assert_allclose(shifted.test.X.numpy(), expected, atol=1e-4)
    assert not torch.equal(plain.test.X, shifted.test.X)
