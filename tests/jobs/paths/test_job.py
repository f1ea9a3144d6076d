"""Paths as a job, and the settings behind it."""

import pickle

import numpy as np
import pytest

from playground.catalog import OPTIMIZERS, SURFACES
from playground.jobs.job import Turn
from playground.jobs.paths.job import PathsJob
from playground.jobs.paths.settings import BEST, SHARED, PathSettings
from playground.parsing import ConfigError


def settings(**values):
    return PathSettings.parse({"optimizers": ("sgd", "adam"), "steps": 20, **values})


def result_of(job, turn=None):
    frames, snapshot = job.frames(), None
    first = next(frames)
    assert first.status == "running" and first.paths == ()
    while snapshot is None or not snapshot.has_ended:
        snapshot = frames.send(turn or Turn(seconds=5))
    return snapshot


@pytest.mark.parametrize("surface", SURFACES)
def test_every_surface_has_paths_of_every_optimizer(surface):
    calm = {"rates": SHARED, "learning_rate": 1e-4, "steps": 10}
    snapshot = result_of(PathsJob(settings(surface=surface, optimizers=tuple(OPTIMIZERS), **calm)))
    assert [path.config.optimizer for path in snapshot.paths] == list(OPTIMIZERS)
    for path in snapshot.paths:
        assert path.points.shape == path.gradients.shape == (11, 2)
        assert path.values.shape == (11,) and path.learning_rates.shape == (10,)
        assert all(held.shape == (11, 2) for held in path.memory.values())
        assert tuple(path.points[0]) == SURFACES[surface].start
    assert np.isfinite(snapshot.grid).all() and snapshot.grid.shape[0] == snapshot.grid.shape[1]


def test_equal_settings_make_equal_jobs_that_travel():
    one, other = PathsJob(settings(kappa="50")), PathsJob(settings(kappa=50))
    assert one == other and hash(one) == hash(other) and pickle.loads(pickle.dumps(one)) == one
    assert one != PathsJob(settings(kappa=51))


def test_turns_may_be_short_and_the_result_is_the_same():
    job = PathsJob(settings())
    whole, pieces = result_of(job), result_of(job, Turn(seconds=60, max_steps=1))
    np.testing.assert_array_equal(whole.paths[0].points, pieces.paths[0].points)


def test_a_stop_ends_the_job():
    frames = PathsJob(settings()).frames()
    next(frames)
    assert frames.send(Turn(stop=True)).status == "stopped"


def test_which_learning_rate_is_whose():
    shared = settings(rates=SHARED, learning_rate="0.02")
    assert [shared.config_of(name).learning_rate for name in shared.optimizers] == [0.02, 0.02]
    usual = settings(learning_rate="0.02")
    assert usual.config_of("sgd").learning_rate == OPTIMIZERS["sgd"].defaults["learning_rate"]
    best = result_of(PathsJob(settings(rates=BEST, surface="quadratic", kappa=20)))
    for path, start in zip(best.paths, result_of(PathsJob(settings(surface="quadratic", kappa=20))).paths, strict=True):
        assert path.values[-1] <= start.values[-1]


def test_a_long_path_drops_its_rate_by_its_own_length():
    long = settings(steps=60_000, schedule="step")
    assert long.config_of("sgd").step_size == 20_000


def test_the_picture_holds_the_start():
    assert settings(surface="quadratic").window() == (-1.5, 1.5, -1.5, 1.5)
    x_low, x_high, y_low, y_high = settings(surface="quadratic", start="30,1").window()
    assert x_low < -30 and x_high > 30 and x_high - x_low == y_high - y_low


REFUSED = {
    "surface": {"surface": "quadratc"},
    "optimizers": {"optimizers": ()},
    "kappa": {"surface": "saddle", "kappa": 3},
    "slope": {"surface": "plane", "slope": 0},
    "steps": {"steps": 0},
    "rates": {"surface": "plane", "rates": BEST},
    "momentum": {"optimizers": ("nesterov",), "momentum": 0},
    "learning_rate": {"rates": SHARED, "learning_rate": "fast"},
}


@pytest.mark.parametrize("field", REFUSED)
def test_what_cannot_be_is_refused_by_its_name(field):
    with pytest.raises(ConfigError) as caught:
        settings(**REFUSED[field])
    assert list(caught.value.problems) == [field]


@pytest.mark.parametrize("start", ["1", "1,2,3", "a,b", "nan,1", "inf,0", "", None, 5, (1, True), ("x",), "1e999,0"])
def test_a_start_is_two_numbers(start):
    with pytest.raises(ConfigError, match="must be two numbers x,y such as"):
        settings(start=start)
