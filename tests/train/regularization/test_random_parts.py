"""DropConnect's moments and stochastic depth's survival, as the lesson draws them."""

import numpy as np
import pytest

from playground.jobs.regularization.random_parts import DepthJob
from playground.train.regularization.random_parts import WeightMasks, acting_blocks, blocks_of, evaluated_share


@pytest.mark.parametrize("p", [0.1, 0.5, 0.8])
def test_outputs_of_drop_connect_have_the_moments_of_the_closed_form(p):
    masks = WeightMasks(12, p, seed=0)
    outputs = masks.outputs(4000)
    error = masks.std / np.sqrt(len(outputs))
    assert (np.abs(outputs.mean(0) - masks.evaluated) < 5 * error).all()
    np.testing.assert_allclose(outputs.std(0), masks.std, rtol=0.15)
    unscaled = (1 - p) * masks.evaluated  # masks that are never divided by the share kept
    assert (np.abs(outputs.mean(0) - unscaled) > 5 * error).any()


@pytest.mark.parametrize("p", [0.2, 0.5])
def test_drawn_weights_are_dropped_or_scaled_one_by_one(p):
    masks = WeightMasks(30, p, seed=1)
    drawn = masks.drawn(20)
    kept = drawn != 0
    np.testing.assert_allclose(drawn[kept], (masks.weight / (1 - p))[np.nonzero(kept)[1:]])
    assert kept.mean() == pytest.approx(1 - p, abs=0.02)
    assert not kept.all(1).any() and kept.any(1).all()  # no unit goes as a whole


@pytest.mark.parametrize(("blocks", "skip", "depth"), [(54, 0.5, 40.25), (3, 0.3, 2.4), (10, 0.0, 10)])
def test_survival_is_linear_and_its_sum_the_expected_depth(blocks, skip, depth):
    survival = np.array([1 - block.skip for block in blocks_of(DepthJob(blocks, skip).config)])
    np.testing.assert_allclose(survival, 1 - np.arange(1, blocks + 1) / blocks * skip)
    assert survival.sum() == pytest.approx(depth)  # the paper's 110 layers: 40.25 of 54 blocks
    if skip:
        assert (1 - np.arange(blocks) / blocks * skip).sum() != pytest.approx(depth)  # counted from 0


def test_blocks_act_as_often_as_they_survive():
    blocks = blocks_of(DepthJob(5, 0.8).config)
    acting = acting_blocks(blocks, 2000, seed=0)
    np.testing.assert_allclose(acting.mean(0), [0.84, 0.68, 0.52, 0.36, 0.2], atol=0.05)


@pytest.mark.parametrize("skip", [0.0, 0.3, 0.5])
def test_evaluation_scales_a_branch_once(skip):
    share = evaluated_share(blocks_of(DepthJob(1, skip).config)[-1])
    assert share == pytest.approx(1 - skip)
    if skip:
        assert share != pytest.approx((1 - skip) ** 2) and share != pytest.approx(1)
