"""Samples: their split and the noise on their labels."""

import numpy as np
import pytest
import torch

from playground.catalog import DATASETS
from playground.catalog.datasets import IMAGE, PLANE
from playground.catalog.losses import CLASSIFICATION
from playground.config import Config
from playground.data.augment import shift
from playground.data.samples import load_samples, noisy_labels, split
from playground.data.translation import moved
from playground.registry import resolve
from playground.rules import class_sizes
from tests.aids.training import tiny

datasets = pytest.mark.parametrize("name", DATASETS)
classification = pytest.mark.parametrize("name", [n for n, row in DATASETS.items() if row.task == CLASSIFICATION])
real = pytest.mark.parametrize("name", [name for name, row in DATASETS.items() if row.kind != PLANE])


def loaded(**fields):
    return load_samples(Config.parse(fields))


@datasets
def test_samples_have_the_shape_and_the_classes_of_their_row(name):
    row, config = DATASETS[name], Config.parse({"dataset": name})
    samples = load_samples(config)
    num_inputs = row.num_inputs or len(config.features)
    assert samples.X.shape == (config.num_samples, num_inputs)
    assert samples.y.shape == (config.num_samples,)
    assert len(samples.class_names) == row.num_classes
    assert set(samples.y) == set(range(row.num_classes)) or row.task != CLASSIFICATION
    assert (samples.points is None) == (row.kind != PLANE)


@real
def test_real_samples_are_those_of_scikit_learn(name):
    row, samples = DATASETS[name], loaded(dataset=name)
    bunch = resolve(row.target)()
    ink = 16 if row.kind == IMAGE else 1
    assert len(bunch.data) == row.num_available
    assert bunch.data.shape[1] == row.num_inputs
    np.testing.assert_array_equal(samples.X * ink, bunch.data)
    np.testing.assert_array_equal(samples.y, bunch.target)


def test_pixels_run_from_zero_to_one():
    X = loaded(dataset="digits").X
    assert X.min() == 0 and X.max() == 1


@real
def test_fewer_samples_are_drawn_without_repetition(name):
    samples = loaded(dataset=name, num_samples=60)
    everything = {tuple(row) for row in loaded(dataset=name).X}
    assert {tuple(row) for row in samples.X} <= everything
    assert len(samples.X) == 60


@datasets
@pytest.mark.parametrize("train_fraction", [0.1, 0.5, 0.7, 0.9])
def test_a_split_uses_every_sample_once_in_the_sizes_asked_for(name, train_fraction):
    samples = loaded(dataset=name, train_fraction=train_fraction)
    count = len(samples.y)
    assert sorted([*samples.train, *samples.val, *samples.test]) == list(range(count))
    assert len(samples.train) == round(train_fraction * count)
    assert 0 <= len(samples.val) - len(samples.test) <= 1


@classification
def test_every_split_has_the_shares_of_the_classes(name):
    samples = loaded(dataset=name)
    shares = np.bincount(samples.y) / len(samples.y)
    for rows in (samples.train, samples.val, samples.test):
        counts = np.bincount(samples.y[rows], minlength=len(shares))
        assert np.abs(counts - shares * len(rows)).max() < 2


@datasets
@pytest.mark.parametrize("train_fraction", [0.1, 0.9])
def test_the_fewest_samples_can_be_split(name, train_fraction):
    samples = loaded(dataset=name, num_samples=20, train_fraction=train_fraction)
    assert min(len(samples.train), len(samples.val), len(samples.test)) >= 1


def test_a_class_of_one_sample_can_be_split():
    labels = np.array([0] * 10 + [1] * 9 + [2])
    assert sum(len(part) for part in split(20, 0.5, 0, labels)) == 20


def test_another_seed_splits_otherwise():
    first, same, other = (split(40, 0.5, seed, None) for seed in (0, 0, 1))
    assert np.array_equal(first[0], same[0])
    assert not np.array_equal(first[0], other[0])


@pytest.mark.parametrize("num_classes", [2, 3, 10])
@pytest.mark.parametrize("share", [0.0, 0.1, 0.3, 0.9])
def test_that_share_of_the_labels_becomes_another_class(share, num_classes):
    labels = np.arange(1000) % num_classes
    noisy = noisy_labels(labels, share, num_classes, seed=0)
    assert (noisy != labels).sum() == round(share * 1000)
    assert set(noisy) <= set(range(num_classes))


def test_wrong_labels_are_spread_evenly_over_the_other_classes():
    noisy = noisy_labels(np.zeros(30_000, dtype=int), 0.9, 4, seed=0)
    np.testing.assert_allclose(np.bincount(noisy)[1:], 9000, rtol=0.05)


@classification
def test_label_noise_is_in_the_training_split_alone(name):
    clean, noisy = loaded(dataset=name), loaded(dataset=name, label_noise=0.5)
    for part in ("val", "test"):
        rows = getattr(clean, part)
        assert np.array_equal(clean.y[rows], noisy.y[rows])
    assert (clean.y[clean.train] != noisy.y[clean.train]).sum() == round(0.5 * len(clean.train))
    assert np.array_equal(clean.train, noisy.train)
    assert np.array_equal(clean.X, noisy.X)


@pytest.mark.parametrize("changes", [{"batch_size": 7}, {"hidden_sizes": (3,)}, {"optimizer": "sgd"}], ids=str)
def test_samples_depend_on_nothing_but_the_data_fields(changes):
    one, other = load_samples(tiny()), load_samples(tiny(**changes))
    assert np.array_equal(one.X, other.X) and np.array_equal(one.y, other.y)
    assert np.array_equal(one.train, other.train)


@real
def test_a_row_knows_how_many_samples_each_class_has(name):
    row = DATASETS[name]
    counts = np.bincount(resolve(row.target)().target.astype(int)) if row.task == CLASSIFICATION else ()
    assert row.class_counts == tuple(counts)


@classification
@pytest.mark.parametrize("fields", [{}, {"num_folds": 3}, {"num_samples": 140}], ids=str)
def test_an_imbalance_is_in_every_split(name, fields):
    config = Config.parse({"dataset": name, "imbalance": 4, **fields})
    samples, sizes = load_samples(config), np.array(class_sizes(config))
    assert np.bincount(samples.y).tolist() == sizes.tolist()
    assert sizes[0] / sizes[-1] == pytest.approx(4, rel=0.2)
    for rows in (samples.train, samples.val, samples.test):
        counts = np.bincount(samples.y[rows], minlength=len(sizes))
        assert np.abs(counts - sizes * len(rows) / sizes.sum()).max() < 2.5


@pytest.mark.parametrize("name", ["spiral", "xor", "digits", "iris"])
def test_an_imbalance_only_drops_samples(name):
    fields = {"dataset": name, "num_samples": 150}
    dropped = loaded(**fields, imbalance=3)
    whole = loaded(dataset=name) if name in ("digits", "iris") else loaded(**fields)
    assert (np.bincount(whole.y) >= np.bincount(dropped.y)).all()  # else xor, whose classes are drawn, draws again
    everything = {tuple(row) for row in whole.X}
    assert len(dropped.X) < 150 and len({tuple(row) for row in dropped.X}) == len(dropped.X)
    assert {tuple(row) for row in dropped.X} <= everything


def test_classes_that_are_drawn_too_are_as_many_as_planned_for_every_seed():
    for seed in range(30):
        config = Config.parse({"dataset": "xor", "num_samples": 40, "imbalance": 3, "seed": seed})
        assert np.bincount(load_samples(config).y).tolist() == [20, 7]


def test_seeds_drop_other_samples():
    first, other = (loaded(dataset="iris", imbalance=3, seed=seed) for seed in (0, 1))
    assert not np.array_equal(first.X, other.X)


def is_moved(image, before, reach):
    """By how many pixels an image was moved, (rows, columns), each way at most `reach`; None if by no such move."""
    side = len(before)
    large = np.zeros((side + 2 * reach, side + 2 * reach))
    large[reach : reach + side, reach : reach + side] = before
    moves = [(down, right) for down in range(-reach, reach + 1) for right in range(-reach, reach + 1)]
    return next((
        (down, right) for down, right in moves
        if np.array_equal(image, large[reach - down : reach - down + side, reach - right : reach - right + side])
    ), None)  # fmt: skip


@pytest.mark.parametrize("reach", [1, 3])
def test_a_shift_moves_each_test_image_by_whole_pixels_and_leaves_the_others(reach):
    plain, shifted = loaded(dataset="digits"), loaded(dataset="digits", test_shift=reach)
    for rows in (plain.train, plain.val):
        assert np.array_equal(plain.X[rows], shifted.X[rows])
    moves = [is_moved(shifted.X[row].reshape(8, 8), plain.X[row].reshape(8, 8), reach) for row in plain.test]
    assert None not in moves
    counts = np.unique(np.array(moves), axis=0, return_counts=True)
    assert len(counts[0]) == (2 * reach + 1) ** 2  # every move comes, about as often as any other
    expected = len(moves) / (2 * reach + 1) ** 2
    assert np.abs(counts[1] - expected).max() < 5 * np.sqrt(expected)
    assert np.array_equal(plain.test, shifted.test) and np.array_equal(plain.y, shifted.y)


def test_a_shift_is_that_of_the_augmentation():
    """Whose usual range is an eighth of the width, one pixel of eight."""
    images = loaded(dataset="digits", num_samples=50).X.reshape(-1, 8, 8)
    expected = shift(torch.from_numpy(images).unsqueeze(1), np.random.default_rng(5))
    assert np.array_equal(moved(images, 1, np.random.default_rng(5)), expected[:, 0].numpy())


def test_the_data_set_itself_stays_as_it_came():
    before = loaded(dataset="digits").X.copy()
    loaded(dataset="digits", test_shift=3)
    assert np.array_equal(loaded(dataset="digits").X, before)
