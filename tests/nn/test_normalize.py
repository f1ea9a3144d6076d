"""Normalizations against means and variances taken in NumPy over the axes of their definitions."""

import numpy as np
import pytest
import torch

from playground.catalog import NORMALIZATIONS
from playground.nn.normalize import group_norm, instance_norm, layer_norm
from playground.registry import resolve

EPSILON, GROUPS = 1e-5, 3
RNG = np.random.default_rng(0)
UNITS = RNG.normal(2, 3, (8, 12))  # (N, H)
IMAGES = RNG.normal(2, 3, (8, 12, 4, 5))  # (N, C, height, width)
ROWS = {name: row for name, row in NORMALIZATIONS.items() if row.target}


def standardized(x, axes):
    """X minus its mean over the axes, divided by the root of its variance (ddof 0) plus epsilon."""
    return (x - x.mean(axes, keepdims=True)) / np.sqrt(x.var(axes, keepdims=True) + EPSILON)


def in_groups(x, count):
    """Each of `count` groups of neighbouring channels of each sample apart."""
    grouped = x.reshape(len(x), count, -1)
    return standardized(grouped, 2).reshape(x.shape)


# Row -> its definition for (N, H), and for (N, C, height, width).
DEFINITIONS = {
    "batch": (lambda x: standardized(x, 0), lambda x: standardized(x, (0, 2, 3))),
    "layer": (lambda x: standardized(x, 1), lambda x: standardized(x, (1, 2, 3))),
    "instance": (lambda x: in_groups(x, GROUPS), lambda x: standardized(x, (2, 3))),
    "group": (lambda x: in_groups(x, GROUPS), lambda x: in_groups(x, GROUPS)),
}
KINDS = pytest.mark.parametrize(
    ("kind", "x", "image"), [(0, UNITS, None), (1, IMAGES, (4, 5))], ids=["units", "images"]
)
rows = pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)


def module_of(row, image):
    return resolve(row.target)(12, image, GROUPS).double()


def apply(module, x):
    return module(torch.tensor(x)).detach().numpy()


def test_every_row_has_a_definition():
    assert set(DEFINITIONS) == set(ROWS)


@rows
@KINDS
def test_statistics_go_over_the_right_axes(row, kind, x, image):
    np.testing.assert_allclose(apply(module_of(row, image), x), DEFINITIONS[row.name][kind](x), atol=1e-12)


@rows
@KINDS
def test_the_axes_of_the_other_rows_are_rejected(row, kind, x, image):
    output = apply(module_of(row, image), x)
    own = DEFINITIONS[row.name][kind](x)
    for definition in DEFINITIONS.values():
        other = definition[kind](x)
        assert np.allclose(output, other) == np.allclose(own, other)


def test_layer_norm_over_the_batch_is_rejected():
    assert not np.allclose(apply(layer_norm(12, None, GROUPS).double(), UNITS), standardized(UNITS, 0))


def test_layer_norm_over_the_last_axis_of_an_image_is_rejected():
    assert not np.allclose(apply(layer_norm(12, (4, 5), GROUPS).double(), IMAGES), standardized(IMAGES, 3))


@rows
@KINDS
def test_every_row_but_batch_treats_a_sample_alike_in_any_batch(row, kind, x, image):
    module = module_of(row, image)
    alone = apply(module, x[:2])
    together = apply(module, x)[:2]
    assert np.allclose(alone, together) != row.mixes_samples


@rows
@KINDS
def test_gain_and_shift_are_learned_and_start_at_one_and_zero(row, kind, x, image):
    parameters = dict(module_of(row, image).named_parameters())
    gain = next(p for name, p in parameters.items() if name.endswith("weight"))
    shift = next(p for name, p in parameters.items() if name.endswith("bias"))
    assert (gain == 1).all() and (shift == 0).all()
    assert gain.requires_grad and shift.requires_grad


@rows
@KINDS
def test_a_row_that_replaces_the_bias_ignores_one(row, kind, x, image):
    shift = RNG.normal(0, 1, (1, 12) + (1, 1) * kind)
    module = module_of(row, image)
    assert np.allclose(apply(module, x + shift), apply(module, x)) >= row.replaces_bias


def test_batch_norm_keeps_running_statistics_with_the_unbiased_variance():
    module = module_of(NORMALIZATIONS["batch"], None)
    mean, var = np.zeros(12), np.ones(12)
    for scale in (1, 2, 3):
        apply(module, scale * UNITS)
        mean = 0.9 * mean + 0.1 * (scale * UNITS).mean(0)
        var = 0.9 * var + 0.1 * (scale * UNITS).var(0, ddof=1)
    np.testing.assert_allclose(module.running_mean.numpy(), mean)
    np.testing.assert_allclose(module.running_var.numpy(), var)
    np.testing.assert_allclose(apply(module.eval(), UNITS), (UNITS - mean) / np.sqrt(var + EPSILON))


def test_batch_norm_undone_by_gain_and_shift_is_the_identity():
    module = module_of(NORMALIZATIONS["batch"], None)
    with torch.no_grad():
        module.weight.copy_(torch.tensor(np.sqrt(UNITS.var(0) + EPSILON)))
        module.bias.copy_(torch.tensor(UNITS.mean(0)))
    np.testing.assert_allclose(apply(module, UNITS), UNITS, atol=1e-12)


def test_one_group_is_layer_norm():
    one = apply(group_norm(12, (4, 5), 1).double(), IMAGES)
    np.testing.assert_allclose(one, apply(layer_norm(12, (4, 5), 1).double(), IMAGES), atol=1e-12)


def test_a_group_for_each_channel_is_instance_norm():
    each = apply(group_norm(12, (4, 5), 12).double(), IMAGES)
    np.testing.assert_allclose(each, apply(instance_norm(12, (4, 5), 1).double(), IMAGES), atol=1e-12)
