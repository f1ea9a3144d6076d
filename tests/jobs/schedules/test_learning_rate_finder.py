"""LearningRateFinderJob: turns, and what it refuses."""

import pytest

from playground.config import Config
from playground.jobs.job import Turn
from playground.jobs.schedules.learning_rate_finder import NOT_READ, LearningRateFinderJob
from playground.parsing import ConfigError
from tests.aids.training import tiny
from tests.jobs.turns import snapshots_of

JOB = LearningRateFinderJob(tiny(), num_updates=40)


@pytest.mark.parametrize("turn", [Turn(max_steps=7), Turn(seconds=0.001)], ids=repr)
def test_the_curve_does_not_depend_on_the_turns(turn):
    whole, parts = snapshots_of(JOB, Turn(seconds=60))[-1], snapshots_of(JOB, turn)
    assert len(parts) > 2
    assert list(parts[-1].losses) == list(whole.losses)
    assert (parts[-1].learning_rate, parts[-1].status) == (whole.learning_rate, "finished")
    assert parts[1].learning_rate is None and parts[1].fraction < 1


def test_it_can_be_stopped():
    frames = JOB.frames()
    next(frames)
    frames.send(Turn(max_steps=5))
    last = frames.send(Turn(stop=True))
    assert (last.status, len(last.rates), last.learning_rate) == ("stopped", 5, None)


def test_a_turn_that_wants_none_gets_none_until_the_end():
    seen = snapshots_of(JOB, Turn(max_steps=10, wants_snapshot=False))
    assert seen[1] is None and seen[-1].has_ended


def test_configs_that_differ_in_their_schedule_alone_ask_for_the_same():
    others = {"learning_rate": 3.0, "schedule": "custom", "num_epochs": 7, "ema_decay": 0.9, "warmup_fraction": 0.1}
    assert set(others) <= NOT_READ
    assert LearningRateFinderJob(tiny(**others), num_updates=40) == JOB
    assert LearningRateFinderJob(tiny(batch_size=7), num_updates=40) != JOB


@pytest.mark.parametrize(
    "wrong", [{"low": 1, "high": 1}, {"low": 0}, {"high": 1e9}, {"num_updates": 5}, {"num_updates": 10**6}], ids=repr
)
def test_bounds_are_refused_by_name(wrong):
    with pytest.raises(ConfigError, match=r"^(learning_rate|num_updates): must "):
        LearningRateFinderJob(Config(), **wrong)
