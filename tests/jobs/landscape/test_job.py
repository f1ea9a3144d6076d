"""LandscapeJob: paths first, then the surface, then the curvature."""

import pickle

import numpy as np
import pytest
import torch

from playground.catalog import OPTIMIZERS
from playground.jobs.job import Turn
from playground.jobs.landscape.job import LandscapeJob
from playground.jobs.landscape.run import LandscapeRun
from playground.jobs.landscape.settings import MINI, OWN, RANDOM, SHARED
from playground.jobs.landscape.snapshot import LandscapeSnapshot
from playground.parsing import ConfigError
from tests.aids.training import tiny

QUICK = {"optimizers": ("sgd", "adam"), "num_steps": 20, "resolution": 11}


def snapshots(job: LandscapeJob, turn: Turn) -> list[LandscapeSnapshot]:
    """Every snapshot of a job that is given the same turn until it ends."""
    frames = job.frames()
    seen = [next(frames)]
    while not seen[-1].has_ended:
        seen.append(frames.send(turn))
    assert next(frames, None) is None
    return seen


def last_snapshot(config, **settings):
    return snapshots(LandscapeJob(config, **{**QUICK, **settings}), Turn(seconds=60))[-1]


def test_partial_results_come_in_their_order():
    seen = snapshots(LandscapeJob(tiny(), **QUICK), Turn(seconds=60, max_steps=1))
    assert seen[0].runs == () and seen[0].fraction == 0
    assert [snapshot.fraction for snapshot in seen] == sorted(snapshot.fraction for snapshot in seen)
    first = {
        "losses": next(i for i, s in enumerate(seen) if s.runs and len(s.runs[0].losses) > 1),
        "paths": next(i for i, s in enumerate(seen) if s.window),
        "surface": next(i for i, s in enumerate(seen) if s.surface is not None),
        "curvature": next(i for i, s in enumerate(seen) if s.runs and np.isfinite(s.runs[0].curvatures).any()),
    }
    assert list(first.values()) == sorted(first.values())
    assert all(snapshot.seconds_left >= 0 for snapshot in seen[1:-1])
    last = seen[-1]
    assert (last.status, last.fraction, last.seconds_left) == ("finished", 1.0, None)
    assert last.surface.shape == (11, 11) and np.isfinite(last.surface).all()
    assert pickle.loads(pickle.dumps(last)).surface.shape == (11, 11)


def test_a_turn_for_looking_computes_nothing():
    frames = LandscapeJob(tiny(), **QUICK).frames()
    next(frames)
    looks = [frames.send(Turn(seconds=0.0, max_steps=0)) for _ in range(3)]
    assert [len(look.runs[0].losses) for look in looks] == [1, 1, 1]
    assert frames.send(Turn(seconds=0.01, wants_snapshot=False)) is None


def test_a_cancelled_job_shows_what_there_is():
    frames = LandscapeJob(tiny(), **QUICK).frames()
    next(frames)
    frames.send(Turn(seconds=60, max_steps=5))
    stopped = frames.send(Turn(stop=True))
    assert stopped.status == "stopped" and len(stopped.runs[0].losses) > 1 and stopped.surface is None
    assert next(frames, None) is None


def test_configs_are_equal_but_for_what_the_optimizer_brings():
    job = LandscapeJob(tiny(ema_decay=0.9, early_stopping=3), optimizers=tuple(OPTIMIZERS))
    fields = [config.model_dump() for config in job.configs]
    different = {name for values in fields for name in values if values[name] != fields[0][name]}
    assert different == {"optimizer", "learning_rate", "beta2", "epsilon"}
    assert (fields[0]["ema_decay"], fields[0]["early_stopping"]) == (0.0, 0)


def test_learning_rates_are_own_or_shared():
    config = tiny(learning_rate=0.3)
    rates = {kind: [c.learning_rate for c in LandscapeJob(config, rates=kind).configs] for kind in (OWN, SHARED)}
    assert rates == {OWN: [0.1, 0.03, 0.003, 0.01], SHARED: [0.3] * 4}


def test_batches_are_the_whole_training_set_or_those_of_the_config():
    whole, mini = LandscapeJob(tiny()).configs[0], LandscapeJob(tiny(), batches=MINI, num_steps=50).configs[0]
    assert (whole.batch_size, whole.num_epochs) == (20, 800)
    assert (mini.batch_size, mini.num_epochs) == (5, 13)


def test_all_start_at_one_point_and_the_best_ends_in_the_middle():
    snapshot = last_snapshot(tiny())
    starts = [run.points[0] for run in snapshot.runs]
    np.testing.assert_array_equal(*starts)
    centre = min(snapshot.runs, key=lambda run: run.losses[-1])
    assert snapshot.centre == centre.optimizer
    np.testing.assert_allclose(centre.points[-1], 0, atol=1e-6)
    assert centre.plane_losses[-1] == pytest.approx(centre.losses[-1], abs=1e-5)


def test_the_plane_goes_through_the_end_that_was_asked_for():
    for name in QUICK["optimizers"]:
        snapshot = last_snapshot(tiny(), centre=name)
        run = next(run for run in snapshot.runs if run.optimizer == name)
        assert snapshot.centre == name and run.plane_losses[-1] == pytest.approx(run.losses[-1], abs=1e-5)


def test_a_random_plane_shows_one_filter_length_to_each_side():
    snapshot = last_snapshot(tiny(), plane=RANDOM)
    left, bottom, side = snapshot.window
    assert left <= -1 and bottom <= -1 and left + side >= 1 and bottom + side >= 1
    assert max(np.abs(run.points).max() for run in snapshot.runs) < 1 and side == 2, (
        "and no more where the paths fit in"
    )
    assert sum(snapshot.shares) < sum(last_snapshot(tiny()).shares)
    assert last_snapshot(tiny(), plane=RANDOM).surface.tolist() == snapshot.surface.tolist(), "one seed, one plane"


def test_equal_jobs_are_equal_and_others_are_not():
    assert LandscapeJob(tiny()) == LandscapeJob(tiny()) != LandscapeJob(tiny(), resolution=21)


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"optimizers": ()}, "optimizers"),
        ({"optimizers": ("sgdd",)}, "optimizers"),
        ({"resolution": 102}, "resolution"),
        ({"num_steps": 10_001}, "num_steps"),
        ({"num_steps": 9_000, "optimizers": tuple(OPTIMIZERS)}, "num_steps"),
        ({"plane": "flat"}, "plane"),
        ({"centre": "adagrad"}, "centre"),
        ({"num_steps": None}, "num_steps"),
    ],
    ids=str,
)
def test_settings_out_of_bounds_are_refused_by_name(settings, field):
    with pytest.raises(ConfigError) as refused:
        LandscapeJob(tiny(), **settings)
    assert list(refused.value.problems) == [field]


def test_what_the_optimizer_cannot_train_is_refused():
    with pytest.raises(ConfigError, match="momentum"):
        LandscapeJob(tiny(momentum=0), optimizers=("nesterov",))


@pytest.mark.parametrize(
    ("config", "settings", "words"),
    [
        (tiny(hidden_sizes=(300, 300)), {}, "at most 50,000 parameters"),
        (tiny(hidden_sizes=(200, 200), num_samples=5000, train_fraction=0.9), {"resolution": 101}, "lower resolution"),
    ],
    ids=["parameters", "work"],
)
def test_a_network_that_is_too_large_is_refused_in_a_sentence(config, settings, words):
    with pytest.raises(ValueError, match=words):
        last_snapshot(config, **settings)


def test_a_run_that_diverges_is_left_out_of_the_plane():
    config = tiny(dataset="gauss_regression", learning_rate=1.0)
    snapshot = last_snapshot(config, rates=SHARED, num_steps=60)
    assert [run.status for run in snapshot.runs] == ["diverged", "finished"]
    assert [run.points is None for run in snapshot.runs] == [True, False]
    assert snapshot.notes[0].startswith("SGD diverged")
    lost = snapshot.runs[0]
    assert np.isinf(lost.losses[-1]) and lost.curvature_steps[-1] < lost.steps[-1], "no curvature past the end"


def test_a_plane_needs_a_run_that_did_not_diverge():
    with pytest.raises(ValueError, match="Every run diverged"):
        last_snapshot(tiny(learning_rate=1e6), rates=SHARED)


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"loss": "hinge"}, ["one by one", "Curvature is left out"]), ({"normalization": "batch"}, [])],
    ids=str,
)
def test_what_is_done_differently_is_said(fields, words):
    snapshot = last_snapshot(tiny(**fields))
    assert len(snapshot.notes) == len(words)
    assert all(word in note for word, note in zip(words, snapshot.notes, strict=True))


def test_the_surface_is_the_loss_of_the_weights_it_stands_for():
    run = LandscapeRun(LandscapeJob(tiny(), **QUICK))
    while not run.has_ended:
        run.advance()
    snapshot = run.snapshot("finished")
    left, bottom, side = snapshot.window
    vector = run._plane.at(torch.tensor([[left + 0.3 * side, bottom + 0.7 * side]]))[0]
    assert snapshot.surface[7, 3] == pytest.approx(run._loss.of(vector).item(), abs=1e-5)
