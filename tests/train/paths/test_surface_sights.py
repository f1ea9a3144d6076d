"""What each surface lets one see: its own settings are walked, and its sentence measured."""

from functools import cache

import numpy as np
import pytest

from playground.catalog import SURFACES
from playground.catalog.surfaces import USUAL_OPTIMIZERS
from playground.config import Config
from playground.train.paths.race import FINISHED, Race


@cache
def walked(name, share=1.0):
    """Optimizer -> (points, values) with the surface's own settings, the learning rate times a share."""
    row = SURFACES[name]
    numbers = {parameter.name: parameter.default for parameter in row.parameters} | dict(row.shown)
    rate = share * row.learning_rate
    configs = [Config.parse({"optimizer": one, "learning_rate": rate, "momentum": 0.9}) for one in USUAL_OPTIMIZERS]
    race = Race(name, numbers, row.start, configs, row.steps)
    while not race.has_ended:
        race.advance()
    assert all(walker.status == FINISHED for walker in race.walkers)
    return {one: np.array(walker.points) for one, walker in zip(USUAL_OPTIMIZERS, race.walkers, strict=True)}


def away(name, points):
    """How far each point is from the nearest minimum."""
    return np.min([np.linalg.norm(points - minimum, axis=1) for minimum in np.array(SURFACES[name].minima)], axis=0)


def ends(name):
    return {one: away(name, points)[-1] for one, points in walked(name).items()}


def crossings(heights):
    """How often the sign changes."""
    return int((np.diff(np.sign(heights)) != 0).sum())


def step_lengths(points):
    return np.linalg.norm(np.diff(points, axis=0), axis=1)


@pytest.mark.parametrize("name", SURFACES)
def test_the_usual_optimizers_stay_in_the_picture(name):
    left, right, bottom, top = SURFACES[name].bounds
    for one, points in walked(name).items():
        assert (points > (left, bottom)).all() and (points < (right, top)).all(), one


def test_on_the_ravine_sgd_zigzags_momentum_swings_longer_and_adam_goes_straight():
    ways = walked("quadratic")
    crossed = {one: crossings(points[:, 1]) for one, points in ways.items()}
    assert crossed["sgd"] == 100 and crossed["momentum"] < 60 and crossed["adam"] < 10
    still_out = {one: int((np.abs(points[:, 1]) > 0.1).sum()) for one, points in ways.items()}
    assert still_out["momentum"] > 1.5 * still_out["sgd"]
    assert np.abs(ways["adam"][:, 0] - ways["adam"][:, 1]).max() < 0.05, "the straight line from (1, 1) to the star"
    assert max(ends("quadratic").values()) < 0.01


def test_on_noise_nothing_comes_to_rest_and_a_smaller_rate_stays_nearer():
    late = {one: step_lengths(points)[200:] for one, points in walked("noisy_quadratic").items()}
    assert min(lengths.mean() for lengths in late.values()) > 0.005
    wide, near = (away("noisy_quadratic", walked("noisy_quadratic", share)["sgd"])[100:] for share in (1.0, 1 / 3))
    # sqrt(rate sigma^2 / (curvature (2 - rate curvature))) in each direction: 0.117 at 0.09, 0.065 at 0.03
    assert np.sqrt((near**2).mean()) < 0.8 * np.sqrt((wide**2).mean())


def test_on_the_plane_momentum_takes_ten_times_sgds_step_and_adam_the_rate():
    last = {one: step_lengths(points)[-1] for one, points in walked("plane").items()}
    assert last["momentum"] / last["sgd"] == pytest.approx(10, rel=1e-3)
    assert last["adam"] == pytest.approx(SURFACES["plane"].learning_rate, rel=1e-6)


def test_on_the_saddle_scaled_gradients_leave_the_ridge_at_once_and_sgd_does_not():
    heights = {one: points[:, 1] for one, points in walked("saddle").items()}
    assert heights["sgd"][-1] < 0.01 and heights["momentum"][-1] > 0.2
    left = {one: int(np.argmax(height > 0.1)) for one, height in heights.items() if height.max() > 0.1}
    assert max(left["rmsprop"], left["adam"]) < 30 < 60 < left["momentum"]


def test_in_the_banana_all_are_in_the_valley_and_momentum_alone_at_the_star():
    for one, points in walked("rosenbrock").items():
        depth = np.abs(points[:, 1] - points[:, 0] ** 2)
        assert depth[300:].max() < 0.1, one
    end = ends("rosenbrock")
    assert end.pop("momentum") < 0.05 and min(end.values()) > 0.5


def test_in_beales_valley_momentum_arrives_and_adam_is_far_behind():
    end, lengths = ends("beale"), step_lengths(walked("beale")["adam"])
    assert end["momentum"] < 0.01 < 0.1 < end["sgd"] < 0.5 < 1 < end["adam"]
    assert lengths.max() < 2 * SURFACES["beale"].learning_rate


def test_on_himmelblau_momentum_ends_at_another_star_than_the_others():
    minima = np.array(SURFACES["himmelblau"].minima)
    stars = {
        one: int(np.argmin(np.linalg.norm(points[-1] - minima, axis=1))) for one, points in walked("himmelblau").items()
    }
    assert len({stars["sgd"], stars["rmsprop"], stars["adam"]}) == 1 and stars["momentum"] != stars["sgd"]
    assert max(ends("himmelblau").values()) < 0.3


def test_on_rastrigin_all_end_in_one_hollow_that_is_not_the_lowest():
    last = np.array([points[-1] for points in walked("rastrigin").values()])
    assert np.ptp(last, axis=0).max() < 0.1 and min(ends("rastrigin").values()) > 2


def test_on_the_plateau_sgd_stays_and_the_others_arrive():
    end, points = ends("plateau"), walked("plateau")["sgd"]
    assert np.linalg.norm(points[-1] - points[0]) < 0.2
    assert max(end[one] for one in end if one != "sgd") < 0.2


def test_in_the_narrow_valley_momentum_swings_and_alone_arrives():
    walls = {one: crossings(points[:, 1] - np.sin(points[:, 0])) for one, points in walked("narrow_valley").items()}
    assert walls["momentum"] >= 4
    end = ends("narrow_valley")
    assert end.pop("momentum") < 0.05 and min(end.values()) > 1
    assert walked("narrow_valley")["adam"][:, 0].min() < -2.8
