"""Jobs of the lesson on regularization."""

import numpy as np
import pytest

from playground.catalog.regularization_lesson import DROPOUT_START, PENALTY_START, RIDGE_START
from playground.config import Config
from playground.jobs.job import Turn
from playground.jobs.regularization.dropout import DropoutJob
from playground.jobs.regularization.penalties import PenaltiesJob
from playground.jobs.regularization.random_parts import DepthJob, WeightMasksJob
from playground.jobs.regularization.ridge import RidgeJob
from playground.parsing import ConfigError
from tests.jobs.turns import LONG

SMALL = {**PENALTY_START, "num_samples": 40, "num_epochs": 2}


def driven(job, turn):
    """Every snapshot of a job that gets the same turn until it ends."""
    frames = job.frames()
    seen = [next(frames)]
    while not seen[-1].has_ended:
        seen.append(frames.send(turn))
    assert next(frames, None) is None
    return seen


def last(job):
    return driven(job, Turn(seconds=LONG))[-1]


def penalties(**fields):
    return PenaltiesJob(Config.parse({**SMALL, **fields}), ("l1", "subgradient"), (0.0, 0.01, 0.5))


def test_results_appear_as_they_come():
    counts = [len(seen.runs) for seen in driven(penalties(), Turn(seconds=LONG, max_steps=1))]
    assert counts == sorted(counts) and set(counts) == {0, 1, 2, 3, 4, 5, 6}


def test_the_snapshots_go_forward():
    seen = driven(penalties(), Turn(seconds=LONG, max_steps=1))
    fractions = [one.fraction for one in seen]
    assert fractions == sorted(fractions) and fractions[-1] == 1


def test_a_sweep_can_be_stopped_and_keeps_what_has_ended():
    frames = penalties().frames()
    next(frames)
    while not frames.send(Turn(seconds=LONG, max_steps=1)).runs:
        pass
    stopped = frames.send(Turn(stop=True))
    assert stopped.status == "stopped" and len(stopped.runs) >= 1


def test_a_run_without_a_snapshot_yields_none():
    frames = penalties().frames()
    next(frames)
    assert frames.send(Turn(seconds=LONG, max_steps=1, wants_snapshot=False)) is None


def test_each_run_holds_what_is_left_of_its_weights():
    runs = last(penalties()).runs
    assert [(run.kind, run.strength) for run in runs[:2]] == [("l1", 0.0), ("subgradient", 0.0)]
    strongest = next(run for run in runs if run.kind == "l1" and run.strength == 0.5)
    plain = runs[0]
    assert strongest.zeros > 0.2 > plain.zeros == 0
    assert strongest.norm < plain.norm and strongest.used_inputs <= plain.used_inputs == 7
    assert plain.decision_map.values.shape == (64, 64)
    assert plain.weights.counts.sum() == 7 * 8 + 8 * 2


@pytest.mark.parametrize("fields", [{"dataset": "plane"}], ids=str)
def test_regression_is_refused(fields):
    with pytest.raises(ConfigError, match="needs classes"):
        PenaltiesJob(Config.parse(fields), ("l2",), (0.1,))


@pytest.mark.parametrize("strengths", [(), tuple(range(41))], ids=len)
def test_too_many_runs_are_refused(strengths):
    with pytest.raises(ConfigError, match="1 to 40 runs"):
        PenaltiesJob(Config(), ("l2",), strengths)


def ridge(strength=10.0, steps=2000, **fields):
    return RidgeJob(Config.parse({**RIDGE_START, **fields}), strength, steps)


def test_ridge_by_descent_comes_to_the_closed_form():
    seen = last(ridge())
    assert len(seen.differences) == 2001
    assert seen.differences[-1] == pytest.approx(np.abs(seen.found - seen.exact).max())
    assert seen.differences[-1] < 1e-6 < 1e-3 < seen.mistake
    assert seen.inputs[:3] == ("age", "sex", "bmi")


def test_the_path_passes_through_the_closed_form_and_shrinks():
    seen = last(ridge(strength=10.0, steps=1))
    np.testing.assert_allclose(seen.path[24], seen.exact[:-1], atol=1e-12)  # 10^(-2 + 24 / 8)
    norms = np.linalg.norm(seen.path, axis=1)
    assert (np.diff(norms) < 0).all() and norms[0] < seen.plain_norm


def test_ridge_can_be_stopped():
    frames = ridge(steps=20_000).frames()
    next(frames)
    assert frames.send(Turn(seconds=0.001)).fraction < 1
    assert frames.send(Turn(stop=True)).status == "stopped"


@pytest.mark.parametrize("job", [
    lambda: ridge(strength=-1.0), lambda: ridge(steps=0), lambda: ridge(hidden_sizes=(3,)),
    lambda: RidgeJob(Config.parse({"hidden_sizes": ()}), 1.0, 10),
], ids=["strength", "steps", "layers", "classes"])  # fmt: skip
def test_what_ridge_cannot_do_is_refused(job):
    with pytest.raises(ConfigError):
        job()


READER = {**DROPOUT_START, "hidden_sizes": (16, 8), "num_epochs": 2}


def test_dropout_averages_masks_and_shows_single_ones():
    seen = last(DropoutJob(Config.parse(READER), (4, 3), 20))
    assert np.shape(seen.masked) == (20, 12) and len(seen.differences) == 20
    assert seen.differences[-1] < seen.differences[0]
    assert {tuple(map(len, step)) for step in seen.masks} == {(4, 3)} and len(set(seen.masks)) > 10
    assert seen.num_samples == 300
    np.testing.assert_allclose(seen.masked.mean(0), seen.scaled, atol=0.2)


def test_dropout_can_be_stopped_at_any_time():
    for steps in (0, 3):
        frames = DropoutJob(Config.parse(READER), (4, 3), 200).frames()
        next(frames)
        for _ in range(steps):
            frames.send(Turn(seconds=1e-6))
        assert frames.send(Turn(stop=True)).status == "stopped"


@pytest.mark.parametrize(("fields", "masks", "words"), [
    ({"dropout": 0}, 5, "must be above 0"), ({"hidden_sizes": ()}, 5, "hidden layer"), ({}, 0, "from 1 to 500"),
    ({"dataset": "diabetes", "loss": "mse", "num_samples": 100}, 5, "needs classes"),
], ids=str)  # fmt: skip
def test_what_dropout_cannot_show_is_refused(fields, masks, words):
    with pytest.raises(ConfigError, match=words):
        DropoutJob(Config.parse({**READER, **fields}), (4, 3), masks)


def test_weight_masks_and_depth_are_answered_at_once():
    weights, depth = last(WeightMasksJob(p=0.5)), last(DepthJob(blocks=7, skip=0.5))
    assert weights.drawn.shape == (40, 24, 24) and weights.outputs.shape == (2000,)
    assert weights.outputs.std() == pytest.approx(weights.std, rel=0.1)
    assert depth.acting.shape == (40, 7) and depth.survival[-1] == depth.evaluated == 0.5


@pytest.mark.parametrize("job", [lambda: WeightMasksJob(p=1.0), lambda: DepthJob(0), lambda: DepthJob(111),
                                 lambda: DepthJob(5, 2.0).config], ids=["p", "none", "many", "skip"])  # fmt: skip
def test_what_cannot_be_drawn_is_refused(job):
    with pytest.raises(ConfigError):
        job()
