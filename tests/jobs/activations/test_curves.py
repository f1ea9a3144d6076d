"""ActivationCurvesJob and ActivationCostJob: what the page on activations reads."""

import math

import numpy as np
import pytest

from playground.catalog import ACTIVATIONS
from playground.jobs.activations.cost import ActivationCostJob
from playground.jobs.activations.curves import POINTS, ActivationCurvesJob, places
from playground.jobs.job import Turn
from playground.parsing import ConfigError


def last(job):
    frames = job.frames()
    next(frames)
    snapshot = frames.send(Turn())
    assert next(frames, None) is None
    return snapshot


@pytest.mark.parametrize(("low", "high"), [(-6, 6), (-3, 5), (1, 4), (-4, 0)])
def test_places_fill_the_range_and_leave_out_the_kink(low, high):
    z = places(low, high)
    assert (len(z), z[0], z[-1]) == (POINTS, low, high)
    assert (np.diff(z) >= 0).all()
    assert (z != 0).all() or high == 0


def test_values_and_slopes_of_sigmoid_and_tanh_are_the_textbook_ones():
    sigmoid, tanh = last(ActivationCurvesJob(("sigmoid", "tanh"), at=5.0)).curves
    s = 1 / (1 + np.exp(-sigmoid.z))
    np.testing.assert_allclose(sigmoid.values, s, atol=1e-14)
    np.testing.assert_allclose(sigmoid.slopes, s * (1 - s), atol=1e-14)
    np.testing.assert_allclose(tanh.slopes, 1 - np.tanh(tanh.z) ** 2, atol=1e-14)
    assert sigmoid.slope_at == pytest.approx(0.006648056670790155, rel=1e-9)


def test_the_slope_of_leaky_relu_is_the_chosen_one_and_that_of_prelu_its_own():
    leaky, prelu = last(ActivationCurvesJob(("leaky_relu", "prelu"), at=-2.0, slope=0.5, negative_slope=0.1)).curves
    assert (leaky.slope_at, prelu.slope_at) == pytest.approx((0.1, 0.5))
    assert leaky.value_at == pytest.approx(-0.2)


def test_sigmoid_is_tanh_squeezed_and_forgetting_the_half_is_rejected():
    seen = last(ActivationCurvesJob(("relu",)))
    z, sigmoid, squeezed = seen.identity
    assert seen.identity_gap == np.abs(sigmoid - squeezed).max() < 1e-15
    wrong = np.abs(1 / (1 + np.exp(-z)) - (np.tanh(z) + 1) / 2).max()
    assert seen.identity_mistake == pytest.approx(wrong) and wrong > 0.1


def test_the_corrected_claims_have_their_figures():
    seen = last(ActivationCurvesJob(("relu",)))
    assert round(seen.far_slope, 5) == 0.00665
    assert 0.1 < seen.nearer[0] < seen.nearer[1] == pytest.approx(1 / math.sqrt(2 * math.pi))


@pytest.mark.parametrize("slope", [0.0, 0.01, 0.3])
def test_maxout_of_fitting_lines_is_relu_and_prelu(slope):
    (relu, none), (prelu, rounding) = last(ActivationCurvesJob(("maxout",), slope=slope)).mimicry
    assert (relu, none, prelu) == ("relu", 0.0, "prelu")
    assert rounding < 1e-6  # torch keeps the learned slope in float32


def test_the_slope_and_the_pieces_are_those_asked_for():
    prelu, maxout = last(ActivationCurvesJob(("prelu", "maxout"), slope=0.5, pieces=4, at=-2.0)).curves
    assert (prelu.value_at, prelu.slope_at) == (-1.0, 0.5)
    assert (len(maxout.pieces), maxout.parameters) == (4, 4 * 65)


@pytest.mark.parametrize(
    ("fields", "name"), [({"low": 3, "high": 3}, "range"), ({"high": 21}, "range"), ({"pieces": 9}, "pieces")]
)
def test_what_cannot_be_drawn_is_refused(fields, name):
    with pytest.raises(ConfigError) as refused:
        ActivationCurvesJob(("relu",), **fields)
    assert list(refused.value.problems) == [name]


def test_costs_name_every_activation():
    seen = last(ActivationCostJob())
    assert [name for name, _ in seen.nanoseconds] == list(ACTIVATIONS)
    assert seen.against_reference("relu") == 1.0


@pytest.mark.parametrize("job", [ActivationCurvesJob(("relu",)), ActivationCostJob()], ids=["curves", "costs"])
def test_a_job_stops_when_told(job):
    frames = job.frames()
    next(frames)
    assert frames.send(Turn(stop=True)).status == "stopped"
