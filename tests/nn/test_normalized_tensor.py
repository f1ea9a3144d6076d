"""Which cells share a mean, against what torch reads; and what stays of the values, against NumPy and SciPy."""

import numpy as np
import pytest
import torch
from scipy import stats

from playground.catalog import NORMALIZATIONS
from playground.nn.normalized_tensor import Normalization, example_tensor, identities, moments, sharing_sets

SHAPE, GROUPS = (3, 6, 2, 4), 3
X = example_tensor(SHAPE, 0)
CELL = (1, 2, 0, 3)
KINDS = [name for name, row in NORMALIZATIONS.items() if row.target]
kinds = pytest.mark.parametrize("kind", KINDS)

# The cells with the chosen one's mean, by the definitions of the papers.
DEFINITIONS = {
    "batch": np.s_[:, 2],
    "layer": np.s_[1],
    "instance": np.s_[1, 2],
    "group": np.s_[1, 2:4],
}


def cells_of(kind):
    cells = np.zeros(SHAPE, dtype=bool)
    cells[DEFINITIONS[kind]] = True
    return cells


def module(kind, shape=SHAPE, groups=GROUPS):
    return Normalization(kind, shape, groups)


def read_by_torch(kind):
    """Cells on which the chosen output depends."""
    x = X.clone().requires_grad_()
    module(kind).module(x)[CELL].backward()
    return (x.grad != 0).numpy()


@kinds
def test_the_cells_that_share_a_mean_are_those_that_torch_reads(kind):
    cells = module(kind).cells_with(CELL).numpy()
    np.testing.assert_array_equal(cells, read_by_torch(kind))
    np.testing.assert_array_equal(cells, cells_of(kind))


@kinds
def test_the_cells_of_another_normalization_are_rejected(kind):
    others = [other for other in KINDS if other != kind]
    assert not any(np.array_equal(read_by_torch(kind), cells_of(other)) for other in others)


@kinds
def test_statistics_are_those_of_the_shared_cells(kind):
    mean, var = module(kind).statistics(X)
    seen = X.numpy()[cells_of(kind)]
    assert mean[CELL].item() == pytest.approx(seen.mean(), abs=1e-14)
    assert var[CELL].item() == pytest.approx(seen.var(), abs=1e-14)


@kinds
def test_one_cell_by_hand(kind):
    normalization = module(kind)
    normalization.scale_by(1.5, -0.25)
    seen = X.numpy()[cells_of(kind)]
    expected = 1.5 * (X[CELL].item() - seen.mean()) / np.sqrt(seen.var() + 1e-5) - 0.25
    assert normalization(X)[CELL].item() == pytest.approx(expected, abs=1e-12)
    assert normalization.affine_at(CELL) == (1.5, -0.25)
    biased_away = 1.5 * (X[CELL].item() - seen.mean()) / np.sqrt(seen.var(ddof=1) + 1e-5) - 0.25
    assert normalization(X)[CELL].item() != pytest.approx(biased_away, abs=1e-4)


@kinds
def test_neither_skew_nor_kurtosis_changes(kind):
    normalization = module(kind)
    cells = torch.from_numpy(cells_of(kind))
    before, after = moments(X[cells]), moments(normalization(X)[cells])
    assert before.skew == pytest.approx(stats.skew(X.numpy()[cells_of(kind)]))
    assert before.kurtosis == pytest.approx(stats.kurtosis(X.numpy()[cells_of(kind)], fisher=False))
    assert (after.skew, after.kurtosis) == pytest.approx((before.skew, before.kurtosis))
    assert (after.mean, after.std) == pytest.approx((0, 1), abs=1e-4)
    bent = moments(torch.tanh(normalization(X)[cells]))
    assert bent.skew != pytest.approx(before.skew, abs=1e-3), "a map that is not affine must be noticed"


@kinds
def test_gain_and_shift_give_the_chosen_sample_back_and_with_batch_norm_all(kind):
    normalization = module(kind)
    normalization.undo(X, CELL[0])
    error = (normalization(X) - X).abs()
    assert error[CELL[0]].max() < 1e-13
    assert (error.max() < 1e-13) == NORMALIZATIONS[kind].mixes_samples


def test_undoing_without_epsilon_is_rejected():
    normalization = module("batch")
    normalization.undo(X, 0)
    with torch.no_grad():
        normalization.module.weight.copy_(X.var((0, 2, 3), correction=0).sqrt())
    assert (normalization(X) - X).abs().max() > 1e-7


def test_identities_hold_in_float32_and_the_last_axis_is_another_thing():
    found = identities(X)
    assert found.one_group < 5e-6 and found.each_channel < 5e-6
    assert found.last_axis > 0.1


@pytest.mark.parametrize(("groups", "same"), [(1, "layer"), (6, "instance")])
def test_one_group_shares_like_layer_norm_and_c_groups_like_instance_norm(groups, same):
    np.testing.assert_array_equal(sharing_sets("group", SHAPE, groups), sharing_sets(same, SHAPE, groups))
