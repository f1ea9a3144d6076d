"""ImportanceJob: what it says of trials whose scores are known functions of their values."""

import pickle
from dataclasses import replace

import numpy as np
import pytest

from playground.jobs.job import Turn
from playground.jobs.search.importance import ImportanceJob, ImportanceSnapshot
from playground.parsing import ConfigError
from playground.train.ending import CUT, DIVERGED, FINISHED, RUNNING, STOPPED
from playground.train.search.trials import REFUSED, WAITING, Trial, TrialCurve
from tests.aids.scored_trials import DECAY, KINDS, RATE, TWO, noise, scored


def answer(space, trials) -> ImportanceSnapshot:
    frames = ImportanceJob(space, tuple(trials)).frames()
    assert next(frames) == ImportanceSnapshot()
    last = frames.send(Turn())
    assert next(frames, None) is None and last.status == "finished" and last.fraction == 1
    return last


def test_what_matters_and_the_border():
    seen = answer(TWO, scored(TWO, lambda rate, _: rate, 50))
    assert seen.note == "" and seen.num_trials == 50 and seen.importances[0].mean > 0.8
    assert seen.borders == {"learning_rate": "high", "weight_decay": "none"}
    assert seen.border_notes == (
        "Scores still rise at the upper end of the range of learning rate: better values may lie beyond.",
    )


def test_the_lower_end_is_named_too():
    (note,) = answer((DECAY,), scored((DECAY,), lambda decay: -decay, 30)).border_notes
    assert "lower end of the range of weight decay (L2)" in note


@pytest.mark.parametrize("trials", [0, 1, 4])
def test_too_few_trials_have_no_importances(trials):
    seen = answer(TWO, scored(TWO, lambda rate, _: rate, trials))
    assert not seen.importances
    assert seen.note == f"Too few trials to say what matters: {trials} have ended, and it takes 10 or more."


def test_fewer_than_five_trials_a_field_are_noted():
    assert answer(TWO, scored(TWO, lambda rate, _: rate, 9)).note.startswith("Too few trials")
    assert answer(TWO, scored(TWO, lambda rate, _: rate, 16)).note == ""


@pytest.mark.parametrize("seed", range(3))
def test_noise_is_noted(seed):
    assert "do not say what matters" in answer(TWO, scored(TWO, noise(seed), 81)).note


def test_fields_that_matter_alike_are_noted():
    seen = answer((RATE, DECAY, KINDS), scored((RATE, DECAY, KINDS), lambda rate, decay, _: rate + decay, 40, 1))
    assert "Which of" in seen.note and "learning rate" in seen.note and "weight decay (L2)" in seen.note
    alone = answer((RATE,), scored((RATE,), lambda rate: rate, 40))
    assert alone.note == ""


def test_only_trained_trials_count_and_curves_stay_behind():
    statuses = (FINISHED, STOPPED, CUT, DIVERGED, RUNNING, WAITING, REFUSED)
    curve = TrialCurve(*(np.zeros(3, dtype=np.float32),) * 4)
    trials = [
        Trial("random", 0, {"learning_rate": 0.1}, number, status, curve=curve)
        for number, status in enumerate(statuses)
    ]
    job = ImportanceJob((RATE,), tuple(trials))
    assert [trial.status for trial in job.trials] == [FINISHED, STOPPED, CUT, DIVERGED]
    assert all(trial.curve is None for trial in job.trials)
    assert job == ImportanceJob((RATE,), tuple(replace(trial, curve=None) for trial in trials))
    assert job != ImportanceJob((RATE,), tuple(trials[1:]))
    assert pickle.loads(pickle.dumps(job)) == job


def test_a_space_that_is_none_is_refused():
    with pytest.raises(ConfigError, match="space"):
        ImportanceJob((), ())


def test_the_job_stops_when_told():
    frames = ImportanceJob((RATE,), ()).frames()
    next(frames)
    assert frames.send(Turn(stop=True)).status == "stopped"
