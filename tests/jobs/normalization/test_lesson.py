"""The three quick jobs of the lesson on normalization."""

import numpy as np
import pytest

from playground.catalog.normalization_lesson import FACTOR_KINDS, TENSOR_START
from playground.jobs.job import Turn
from playground.jobs.normalization.normalized_tensor import KINDS, NormalizedTensorJob
from playground.jobs.normalization.running_statistics import RunningStatisticsJob
from playground.jobs.normalization.weight_scale import FACTORS, WeightScaleJob
from playground.parsing import ConfigError
from tests.aids.training import tiny

TENSOR = {**TENSOR_START, "num_groups": 2}
RUNNING = RunningStatisticsJob(tiny(normalization="batch", num_samples=80, num_epochs=2), layer=2, unit=3)


def last(job, turn=None):
    frames = job.frames()
    seen = next(frames)
    while seen is None or not seen.has_ended:
        seen = frames.send(turn or Turn(seconds=60))
    assert next(frames, None) is None
    return seen


def test_the_chosen_cell_goes_through_every_normalization():
    job = NormalizedTensorJob(**TENSOR)
    seen = last(job)
    assert [kind.name for kind in seen.kinds] == list(KINDS)
    for kind in seen.kinds:
        cells = seen.values[kind.shares]
        assert kind.num_cells == cells.size == len(kind.cells_before)
        assert kind.chosen_before == seen.values[job.cell]
        by_hand = (seen.values[job.cell] - cells.mean()) / np.sqrt(cells.var() + kind.epsilon)
        assert kind.chosen_after == kind.after[job.cell] == pytest.approx(by_hand)


def test_undoing_reads_neither_gain_nor_shift():
    one, other = (last(NormalizedTensorJob(**{**TENSOR, "gain": gain}, undoes=True)) for gain in (1.0, 2.0))
    assert [kind.error for kind in one.kinds] == [kind.error for kind in other.kinds]
    assert one.kinds[0].error < 1e-13 < 0.1 < one.kinds[1].error
    assert all(kind.error_of_sample < 1e-13 for kind in one.kinds)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"num_groups": 4}, "num_groups"),
        ({"sample": 5}, "sample"),
        ({"channel": 7}, "channel"),
        ({"position": 10}, "position"),
        ({"side": 1}, "side"),
        ({"gain": 1e9}, "gain"),
        ({"num_samples": 2.5}, "num_samples"),
    ],
)
def test_a_tensor_out_of_bounds_is_refused(changes, field):
    with pytest.raises(ConfigError) as error:
        NormalizedTensorJob(**{**TENSOR, **changes})
    assert set(error.value.problems) == {field}


@pytest.mark.parametrize("turn", [Turn(max_steps=3), Turn(seconds=0.001)], ids=repr)
def test_running_statistics_do_not_depend_on_the_turns(turn):
    whole, parts = last(RUNNING), last(RUNNING, turn)
    for name in ("batch_mean", "running_var", "data_var"):
        np.testing.assert_array_equal(getattr(whole, name), getattr(parts, name))
    assert whole.status == "finished" and whole.fraction == 1


def test_the_unbiased_closed_form_fits_and_the_biased_one_does_not():
    seen = last(RUNNING)
    assert seen.error < 1e-5 < 1e-2 < seen.biased_error


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"layer": 3}, "layer"), ({"unit": 0}, "unit"), ({"unit": 5}, "unit"), ({"momentum": 0}, "momentum"),
     ({"config": tiny()}, "normalization")],
)  # fmt: skip
def test_a_unit_that_is_not_there_is_refused(changes, field):
    with pytest.raises(ConfigError) as error:
        RunningStatisticsJob(**{**vars(RUNNING), **changes})
    assert set(error.value.problems) == {field}


def test_weights_are_scaled_over_four_decades():
    seen = last(WeightScaleJob(FACTOR_KINDS, 10.0, 1e-12))
    assert (FACTORS[0], FACTORS[-1]) == (0.01, 100)
    for name, curve in seen.curves.items():
        ratios = [one.gradient_ratio for one in curve]
        assert (np.allclose(ratios, 1 / np.array(FACTORS), rtol=1e-3)) == (name != "none")
        assert seen.here[name].gradient_ratio == pytest.approx(ratios[FACTORS.index(10.0)])


@pytest.mark.parametrize(("factor", "epsilon", "batch_size"), [(0, 1e-5, 8), (1, 0, 8), (1, 1e-5, 1)])
def test_a_scale_out_of_bounds_is_refused(factor, epsilon, batch_size):
    with pytest.raises(ConfigError):
        WeightScaleJob(FACTOR_KINDS, factor, epsilon, batch_size)
