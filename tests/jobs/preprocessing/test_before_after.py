"""BeforeAfterJob against closed forms and scikit-learn."""

import numpy as np
import pytest
from sklearn.preprocessing import StandardScaler

from playground.catalog.preprocessing_lesson import CHANGES, REDUCING
from playground.jobs.job import Turn
from playground.jobs.preprocessing.before_after import GOAL, BeforeAfterJob
from playground.parsing import ConfigError


def last(**fields):
    frames = BeforeAfterJob(**fields).frames()
    next(frames)
    return frames.send(Turn())


@pytest.mark.parametrize("name", CHANGES)
def test_every_step_answers_with_both_sides(name):
    seen = last(preprocessing=name)
    before, after = seen.sides
    assert seen.has_ended and before.condition == pytest.approx(16)
    assert after.axes == (("Direction 1", "Direction 2") if name in REDUCING else ("Input 1", "Input 2"))
    for side in seen.sides:
        np.testing.assert_allclose(side.covariance, np.cov(side.points.T, ddof=0), atol=1e-12)
        assert side.descent.steps <= side.descent.predicted
        assert (side.descent.losses <= side.descent.bounds * (1 + 1e-6) + 1e-20).all()
    assert before.descent.unexplained == pytest.approx(0, abs=1e-10)


def test_standardized_points_are_those_of_scikit_learn():
    before, after = last(preprocessing="standardize").sides
    np.testing.assert_allclose(after.points, StandardScaler().fit_transform(before.points), atol=1e-12)
    np.testing.assert_allclose(np.diag(after.covariance), 1)
    r = before.covariance[0, 1] / np.sqrt(np.prod(np.diag(before.covariance)))
    assert after.condition == pytest.approx((1 + r) / (1 - r)), "all that is left is the correlation"


def test_centring_moves_only():
    before, after = last(preprocessing="center").sides
    np.testing.assert_allclose(after.covariance, before.covariance)
    np.testing.assert_allclose(after.middle, 0, atol=1e-12)
    assert after.descent.condition == pytest.approx(16), "the bias is apart, and its curvature 1 lies between"
    assert before.descent.condition > 100


def test_whitening_takes_one_step():
    _, after = last(epsilon=0.0).sides
    np.testing.assert_allclose(after.covariance, np.eye(2), atol=1e-10)
    assert (after.descent.steps, after.descent.predicted) == (1, 1)
    wrong = np.diag(
        [1 / 2.0**2, 1 / 0.5**2]
    )  # divided by the eigenvalue itself: the thin direction is now the long one
    assert not np.allclose(wrong, after.covariance, atol=0.1)


@pytest.mark.parametrize("epsilon", [0.0, 1e-5, 1e-2])
def test_noise_is_blown_up_as_far_as_epsilon_allows(epsilon):
    seen = last(thickness=1e-3, epsilon=epsilon)
    assert seen.widths == pytest.approx((2, 1e-3))
    assert seen.gains[0] == pytest.approx((4 + epsilon) ** -0.5, rel=1e-5)
    assert seen.gains[1] == pytest.approx((1e-6 + epsilon) ** -0.5, rel=1e-5)
    assert seen.sides[1].variances[1] == pytest.approx(1e-6 / (1e-6 + epsilon), rel=1e-5)


def test_an_outlier_rules_standardizing_but_not_robust_scaling():
    spread = {}
    for name in ("standardize", "robust"):
        clean, spoiled = (
            np.std(last(preprocessing=name, has_outlier=flag).sides[1].points[:-1, 0]) for flag in (False, True)
        )
        spread[name] = spoiled / clean
    assert spread["standardize"] < 0.7
    assert spread["robust"] == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize("name", ["standardize", "whiten"])
def test_images_are_preprocessed_as_a_whole(name):
    seen = last(source="digits", preprocessing=name)
    before, after = seen.sides
    assert before.axes == ("Pixel 43", "Pixel 22")
    assert len(before.variances) == 64 and before.num_empty == 3
    assert after.descent.condition < 1e-3 * before.descent.condition
    assert after.descent.steps < 1e-3 * before.descent.steps
    other = last(source="digits", preprocessing=name, pixels=(43, 1), directions=(63, 64)).sides[1]
    assert other.axes == (("Direction 63", "Direction 64") if name in REDUCING else ("Pixel 43", "Pixel 1"))
    assert np.abs(other.points[:, 1]).max() < 1e-6, "nothing is there, and epsilon leaves it so"


def test_curves_start_at_the_whole_loss_and_reach_the_goal():
    for side in last(share=0.9).sides:
        assert side.descent.losses[0] == side.descent.bounds[0] == 1
        assert side.descent.losses[-1] <= GOAL * (1 + 1e-9)
        assert side.descent.at[0] == 0 and len(side.descent.path) <= 151


@pytest.mark.parametrize(
    ("field", "value"), [("epsilon", -1.0), ("share", 1.0), ("thickness", 0.0), ("num_samples", 3), ("pixels", (5, 5))]
)
def test_a_field_out_of_bounds_is_refused(field, value):
    with pytest.raises(ConfigError, match=f"{field}: must be"):
        BeforeAfterJob(**{field: value})


def test_the_job_stops_when_told():
    frames = BeforeAfterJob().frames()
    next(frames)
    assert frames.send(Turn(stop=True)).status == "stopped"
