"""Augmentations."""

import numpy as np
import pytest
import torch
from sklearn.datasets import load_digits

from playground.catalog import AUGMENTATIONS, PREPROCESSING
from playground.catalog.augmentations import augmentation_remark
from playground.data import augment
from playground.data.augment import change_of
from playground.data.prepared import prepare
from playground.train.batches import Batches
from tests.aids.training import tiny

DIGITS = torch.tensor(load_digits().images[:60] / 16, dtype=torch.float32).unsqueeze(1)
MEAN = DIGITS.mean(0)[0]
rows = pytest.mark.parametrize("row", AUGMENTATIONS.values(), ids=AUGMENTATIONS)


class Fixed:
    """A generator of random numbers that always gives the one asked for."""

    def __init__(self, value):
        self.value = value

    def uniform(self, low, high, size):
        return np.full(size, self.value)

    def integers(self, low, high, size):
        return np.full(size, self.value)


def changed(row, seed=0, images=DIGITS, strength=1.0):
    return change_of(row.name, np.full(images.shape[2:], 0.3))(images, np.random.default_rng(seed), strength)


@rows
def test_an_augmentation_keeps_the_shape_and_changes_images(row):
    images = changed(row)
    assert images.shape == DIGITS.shape and images.dtype == DIGITS.dtype
    assert torch.isfinite(images).all()
    assert not torch.equal(images, DIGITS)


@rows
def test_it_is_drawn_from_the_generator_alone(row):
    state = torch.get_rng_state()
    assert torch.equal(changed(row, seed=3), changed(row, seed=3))
    assert not torch.equal(changed(row, seed=3), changed(row, seed=4))
    assert torch.equal(torch.get_rng_state(), state)


@rows
def test_every_image_is_changed_in_its_own_way(row):
    same = DIGITS[:1].expand(30, -1, -1, -1)
    assert len({tuple(image.flatten().tolist()) for image in changed(row, images=same)}) > 1


@rows
def test_the_images_that_came_are_left_as_they_were(row):
    before = DIGITS.clone()
    changed(row)
    assert torch.equal(DIGITS, before)


@rows
def test_at_strength_0_nothing_changes_and_at_2_more_than_at_1(row):
    plain, usual, double = (changed(row, strength=strength) for strength in (0.0, 1.0, 2.0))
    torch.testing.assert_close(plain, DIGITS, atol=1e-5, rtol=0)
    assert torch.equal(usual, changed(row))
    assert (double - DIGITS).square().mean() > (usual - DIGITS).square().mean()


@pytest.mark.parametrize(("strength", "degrees"), [(0.5, 7.5), (2.0, 30.0)])
def test_the_strength_multiplies_the_usual_range(strength, degrees):
    class Largest(Fixed):
        def uniform(self, low, high, size):
            assert (low, high) == (-degrees, degrees)
            return np.full(size, high)

    turned = augment.rotate(DIGITS, Largest(0), strength)
    torch.testing.assert_close(turned, augment.rotate(DIGITS, Fixed(degrees)))


@rows
def test_an_image_of_another_shape_works_as_well(row):
    assert changed(row, images=torch.rand(3, 1, 12, 9)).shape == (3, 1, 12, 9)


def test_a_flip_mirrors_about_half_of_the_images():
    images = augment.flip(DIGITS, np.random.default_rng(0))
    mirrored = [torch.equal(image, digit.flip(2)) for image, digit in zip(images, DIGITS, strict=True)]
    kept = [torch.equal(image, digit) for image, digit in zip(images, DIGITS, strict=True)]
    assert all(m or k for m, k in zip(mirrored, kept, strict=True))
    assert 15 < sum(mirrored) < 45


@pytest.mark.parametrize(("corner", "rows", "columns"), [(0, slice(1, 8), slice(0, 7)), (2, slice(0, 7), slice(1, 8))])
def test_a_shift_moves_by_whole_pixels_and_fills_with_nothing(corner, rows, columns):
    images = augment.shift(DIGITS, Fixed(corner))
    torch.testing.assert_close(images[:, :, rows, rows], DIGITS[:, :, columns, columns])
    assert images.sum() <= DIGITS.sum()


@pytest.mark.parametrize("name", ["scale", "stretch"])
def test_a_factor_of_one_changes_nothing(name):
    torch.testing.assert_close(getattr(augment, name)(DIGITS, Fixed(1.0)), DIGITS, atol=1e-5, rtol=0)


@pytest.mark.parametrize("name", ["rotate", "shear", "lens"])
def test_an_amount_of_zero_changes_nothing(name):
    torch.testing.assert_close(getattr(augment, name)(DIGITS, Fixed(0.0)), DIGITS, atol=1e-5, rtol=0)


def test_a_quarter_turn_is_a_quarter_turn():
    turned = augment.rotate(DIGITS, Fixed(90.0))
    assert any(torch.allclose(turned, DIGITS.rot90(k, (2, 3)), atol=1e-4) for k in (1, 3))


def test_a_larger_scale_enlarges():
    square = torch.zeros(1, 1, 8, 8)
    square[..., 2:6, 2:6] = 1
    assert augment.scale(square, Fixed(1.15)).sum() > square.sum() > augment.scale(square, Fixed(0.85)).sum()


def test_cutout_fills_a_square_with_each_pixels_mean_and_leaves_the_rest():
    images = augment.cutout(DIGITS, Fixed(4), mean=MEAN)
    expected = DIGITS.clone()
    expected[:, :, 3:6, 3:6] = MEAN[3:6, 3:6]  # a side of 3 of 8 pixels around pixel 4
    torch.testing.assert_close(images, expected)
    one_number = torch.where(images == DIGITS, DIGITS, DIGITS.mean())
    assert not torch.allclose(one_number, expected), "the wrong variant"


def test_cutout_may_hang_over_the_border():
    images = augment.cutout(DIGITS, Fixed(0), mean=MEAN)
    assert (images != DIGITS).flatten(1).sum(1).max() <= 4


def batch_of(preprocessing, augmentation):
    """(N, 8, 8) the first batch, and the training split as the network sees it, in the order of that batch."""
    config = tiny(dataset="digits", num_samples=1000, batch_size=500, preprocessing=preprocessing)
    data = prepare(config)
    batches = [next(Batches(config.replace(augmentation=some), data).epoch()).X for some in (augmentation, ())]
    return [batch.reshape(-1, 8, 8) for batch in batches]


@pytest.mark.parametrize("preprocessing", ["center", "standardize", "standardize_global"])
def test_behind_a_centring_preprocessing_a_hole_is_0(preprocessing):
    """One mean for all pixels would be 179 standard deviations from 0 where ink is rare."""
    cut, whole = batch_of(preprocessing, "cutout")
    changed_pixels = cut[(cut - whole).abs() > 1e-4]
    assert 500 < len(changed_pixels) < 500 * 9
    assert changed_pixels.abs().max() < 1e-4


BLANK = torch.zeros(20, 1, 8, 8)


@pytest.mark.parametrize(
    "row", [row for row in AUGMENTATIONS.values() if not row.fills_with_mean], ids=lambda r: r.name
)
def test_what_comes_from_outside_is_blank_paper(row):
    ink = torch.ones(20, 1, 8, 8)
    seen = change_of(row.name, ink[0, 0].numpy())(ink, np.random.default_rng(0), 1.0)
    assert seen.max() <= 1 + 1e-5 and seen.min() >= 0, "no third value beside ink and paper"
    assert torch.equal(change_of(row.name, ink[0, 0].numpy())(BLANK, np.random.default_rng(0), 1.0), BLANK)


@pytest.mark.parametrize("preprocessing", PREPROCESSING)
def test_inputs_that_moved_ink_makes_huge_are_told(preprocessing):
    moves = [row.name for row in AUGMENTATIONS.values() if not row.fills_with_mean]
    config = tiny(dataset="digits", num_samples=1797, batch_size=898, preprocessing=preprocessing)
    data = prepare(config)
    for name in moves:
        chosen = config.replace(augmentation=name)
        largest = next(Batches(chosen, data).epoch()).X.abs().max()
        assert (largest > 50) == bool(augmentation_remark(chosen)), largest
    assert augmentation_remark(config.replace(augmentation="cutout")) == augmentation_remark(config) == ""
