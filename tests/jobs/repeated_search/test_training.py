"""RepeatedTrainingJob: the same search many times with real trainings, divided in any way."""

import math
import pickle
from dataclasses import replace

import numpy as np
import pytest

from playground.jobs.job import Turn
from playground.jobs.repeated_search.training import RepeatedTrainingJob
from playground.jobs.search.job import SearchJob
from playground.parsing import ConfigError
from playground.train.repeated_search.verdict import verdict
from playground.train.search.space import parse_space
from tests.aids.training import tiny
from tests.jobs.turns import snapshots_of

SPACE = parse_space("learning_rate:1e-3..1:log,dropout:0..0.5")
REPEATS = 5
JOB = RepeatedTrainingJob(SearchJob(tiny(num_epochs=2, seed=3), SPACE, trials=16, repeats=REPEATS))


@pytest.fixture(scope="module")
def whole():
    return snapshots_of(JOB)[-1]


def test_the_best_of_each_method_is_that_of_the_search_of_its_seed(whole):
    for repeat in (0, 4):
        config = JOB.search.config.replace(seed=3 + repeat)
        trials = snapshots_of(replace(JOB.search, config=config, repeats=1))[-1].trials
        best = {name: max(t.val_accuracy or 0 for t in trials if t.method == name) for name in ("grid", "random")}
        assert (whole.grid[repeat], whole.random[repeat]) == (best["grid"], best["random"])
    assert whole.status == "finished" and whole.verdict == verdict(whole.grid, whole.random)
    assert whole.verdict.num_repeats == REPEATS


def test_the_last_repeat_is_shown_with_its_values(whole):
    trials = JOB.search.plan(REPEATS - 1)
    for method in ("grid", "random"):
        planned = [list(trial.params.values()) for trial in trials if trial.method == method]
        assert getattr(whole.shown, method).tolist() == planned
        assert np.nanmax(getattr(whole.shown, f"{method}_scores")) == getattr(whole, method)[-1]


@pytest.mark.parametrize("count", [2, 3, 50])
def test_the_result_does_not_depend_on_the_parts(whole, count):
    parts = JOB.parts(count)
    assert len(parts) == min(count, 3) and parts == pickle.loads(pickle.dumps(parts))
    assert sum(part.count for part in parts) == REPEATS
    joined = JOB.joined([snapshots_of(part)[-1] for part in parts])
    np.testing.assert_array_equal((joined.grid, joined.random), (whole.grid, whole.random))
    np.testing.assert_array_equal(joined.shown.random, whole.shown.random)
    assert joined.verdict == whole.verdict and (joined.status, joined.fraction) == ("finished", 1)


def test_repeats_that_are_complete_are_shown_before_the_end_and_stay():
    job = RepeatedTrainingJob(replace(JOB.search, repeats=40))
    frames = job.frames()
    assert len(next(frames).grid) == 0
    seen = frames.send(Turn(seconds=0))
    while len(seen.grid) == 0:
        assert seen.shown is None and seen.status == "running"
        seen = frames.send(Turn(seconds=0))
    assert 0 < seen.verdict.num_repeats < 40 and 0 < seen.fraction < 1
    end = frames.send(Turn(stop=True))
    assert end.status == "stopped" and len(end.grid) >= len(seen.grid)


def test_a_repeat_that_was_under_way_at_the_stop_does_not_count():
    """Its trials would each have a score, of too short a training."""
    frames = RepeatedTrainingJob(SearchJob(tiny(num_epochs=9), SPACE, trials=4, repeats=1)).frames()
    next(frames)
    frames.send(Turn(seconds=60, max_epochs=3, wants_snapshot=False))
    end = frames.send(Turn(stop=True))
    assert (end.status, len(end.grid), end.shown) == ("stopped", 0, None) and 0 < end.fraction < 1
    assert next(frames, None) is None


def test_after_a_lost_worker_only_the_missing_repeats_are_trained(whole):
    first, second = JOB.parts(2)
    full = snapshots_of(first)[-1]
    kept = replace(full, scores=full.scores[:2])
    rest = first.after(kept)
    seen = snapshots_of(rest)
    assert seen[0].scores == kept.scores
    assert all(len(snapshot.scores) >= 2 for snapshot in seen if snapshot)
    joined = JOB.joined([seen[-1], snapshots_of(second)[-1]])
    np.testing.assert_array_equal((joined.grid, joined.random), (whole.grid, whole.random))
    assert first.after(None) == first
    assert [snapshot.status for snapshot in snapshots_of(first.after(full))] == ["finished"]


@pytest.mark.parametrize("num_kept", [3, 8, 10])
def test_neither_parts_nor_a_lost_worker_change_the_last_bit_of_a_loss(num_kept):
    """Widths that fill no register, where the networks that are stacked decide how the last digit is rounded."""
    config = tiny(dataset="diabetes", hidden_sizes=(13, 6), num_epochs=6)
    job = RepeatedTrainingJob(SearchJob(config, SPACE, trials=4, repeats=11))
    whole = snapshots_of(job)[-1]
    first, second = (snapshots_of(part)[-1] for part in job.parts(2))
    again = snapshots_of(job.parts(1)[0].after(replace(first, scores=(*first.scores, *second.scores)[:num_kept])))[-1]
    for joined in (job.joined([first, second]), job.joined([again])):
        np.testing.assert_array_equal((joined.grid, joined.random), (whole.grid, whole.random))


def test_a_part_that_has_not_begun_counts_as_nothing_done():
    part = JOB.parts(2)[0]
    joined = JOB.joined([snapshots_of(part)[-1], None])
    assert joined.status == "running" and joined.fraction == 0.5
    assert JOB.joined([None, None]).verdict.num_repeats == 0


def test_random_trials_of_all_repeats_are_uniform_in_the_logarithm():
    """Of uniform draws of 0.001 to 1, the wrong variant, nine in ten lie above 0.1."""
    trials = [trial for repeat in range(150) for trial in JOB.search.plan(repeat) if trial.method == "random"]
    rates = np.array([trial.params["learning_rate"] for trial in trials])
    assert len(np.unique(rates)) == 150 * 16
    assert np.mean(rates > 0.1) == pytest.approx(1 / 3, abs=0.08)


def test_in_regression_the_score_is_minus_the_loss():
    config = tiny(dataset="gauss_regression", num_epochs=2)
    seen = snapshots_of(RepeatedTrainingJob(SearchJob(config, SPACE[:1], trials=2, repeats=1)))[-1]
    trials = snapshots_of(SearchJob(config, SPACE[:1], trials=2))[-1].trials
    assert seen.grid[0] == -min(trial.val_loss for trial in trials if trial.method == "grid")


def test_a_method_whose_trials_all_diverge_has_no_score_and_does_not_win():
    space = parse_space("learning_rate:1e6..1e7:log")
    config = tiny(optimizer="sgd", hidden_sizes=(8, 8), activation="relu", num_epochs=2)
    seen = snapshots_of(RepeatedTrainingJob(SearchJob(config, space, trials=2, repeats=1)))[-1]
    assert math.isnan(seen.grid[0]) and math.isnan(seen.random[0]) and seen.verdict.ties == 1


def test_values_that_do_not_go_together_are_said():
    config = tiny(schedule="cosine", learning_rate=0.5, min_lr=0.1)
    search = SearchJob(config, parse_space("learning_rate:1e-4..1e-2:log"), trials=2)
    last = snapshots_of(RepeatedTrainingJob(search))[-1]
    assert last.status == "refused" and "do not go together" in last.message


def test_both_methods_are_searched_whatever_the_search_names():
    job = RepeatedTrainingJob(replace(JOB.search, methods=("random",)))
    assert job == JOB


def test_choices_are_refused_in_one_sentence():
    with pytest.raises(ConfigError, match="activation: must be a range of numbers here"):
        RepeatedTrainingJob(SearchJob(tiny(), parse_space("activation:relu|tanh"), trials=2))
