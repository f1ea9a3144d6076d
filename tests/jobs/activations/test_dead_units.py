"""DeadUnitsJob: rows 5 and 6 of the experiments, and counts by hand."""

import numpy as np
import pytest

from playground.catalog.activation_lesson import CLOUD_FIELDS, DEAD_FIELDS, IMAGE_FIELDS, POSITIVE_BIAS
from playground.config import Config
from playground.jobs.activations.dead_units import DeadUnitsJob
from playground.jobs.job import Turn
from playground.train.activations.dead_units import WatchedTraining

SMALL = {**DEAD_FIELDS, **CLOUD_FIELDS, "dataset": "spiral", "num_epochs": 4, "learning_rate": 1.0}


def last(*runs, seconds=60.0):
    job = DeadUnitsJob(tuple((str(index), Config.parse(fields), bias) for index, (fields, bias) in enumerate(runs)))
    frames = job.frames()
    snapshot = next(frames)
    while not snapshot.has_ended:
        snapshot = frames.send(Turn(seconds=seconds))
    return snapshot


def digits(activation, learning_rate, seed=0):
    return {**DEAD_FIELDS, **IMAGE_FIELDS, "activation": activation, "learning_rate": learning_rate, "seed": seed}


# Rows 5 and 6: 64-100-100-10, He, SGD, 5 epochs on digits.


def test_a_usual_rate_kills_nobody():
    (run,) = last((digits("relu", 0.1), 0.0)).runs
    assert run.silent == (0.0,) * 6
    assert (run.stuck, run.status) == (0.0, "finished")
    assert run.val_accuracy > 0.9


@pytest.mark.parametrize("seed", range(3))
def test_a_rate_of_two_kills_many_or_all(seed):
    (run,) = last((digits("relu", 2.0, seed), 0.0)).runs
    assert run.silent[-1] is None or run.silent[-1] >= 0.3
    assert run.val_accuracy < 0.6


def test_leaky_units_fall_silent_too_but_keep_their_gradient():
    relu, leaky = last((digits("relu", 1.0), 0.0), (digits("leaky_relu", 1.0), 0.0)).runs
    assert relu.stuck == relu.silent[-1] > 0
    assert leaky.silent[-1] > 0 and leaky.stuck == 0
    assert leaky.val_accuracy > 0.9


def test_leaky_relu_does_not_save_a_rate_that_is_far_too_high():
    (run,) = last((digits("leaky_relu", 2.0), 0.0)).runs
    assert run.status == "diverged" and run.message
    assert run.silent[-1] is None and run.stuck is None  # after a NaN there is nothing to count


@pytest.mark.parametrize("learning_rate", [0.1, 1.0])
def test_a_slightly_positive_bias_has_little_effect(learning_rate):
    fields = digits("relu", learning_rate)
    without, with_bias = last((fields, 0.0), (fields, POSITIVE_BIAS)).runs
    assert without.silent[-1] == pytest.approx(with_bias.silent[-1], abs=0.05)
    assert without.val_accuracy == pytest.approx(with_bias.val_accuracy, abs=0.03)


# Counts.


def test_silent_units_are_those_that_no_training_sample_moves():
    seen = last(({**SMALL, "activation": "relu", "num_epochs": 10}, 0.0))
    (run,) = seen.runs
    before = seen.points @ run.units[:, :2].T + run.units[:, 2]
    by_hand = before.max(axis=0) <= 0
    assert (run.is_silent == by_hand).all()
    assert run.silent[-1] == by_hand.mean() > 0.3
    assert seen.num_units == len(run.units) == 40


def test_a_count_on_one_batch_is_rejected():
    seen = last(({**SMALL, "activation": "relu"}, 0.0))
    (run,) = seen.runs
    before = seen.points[:10] @ run.units[:, :2].T + run.units[:, 2]
    assert (before.max(axis=0) <= 0).mean() > run.silent[-1] + 0.05


@pytest.mark.parametrize("bias", [-100.0, -1.5, 100.0])
def test_the_first_bias_is_where_every_hidden_unit_starts(bias):
    watched = WatchedTraining(Config.parse({**SMALL, "activation": "relu"}), bias)
    first = watched.seen()
    assert (first["units"][:, 2] == bias).all()
    assert first["epochs"] == (0,)
    if abs(bias) == 100:
        assert first["silent"] == ((1.0,) if bias < 0 else (0.0,))
        assert first["stuck"] == first["silent"][0]


def test_a_bias_of_zero_is_the_run_of_the_train_page():
    from playground.train.trainer import Trainer

    config = Config.parse({**SMALL, "activation": "relu"})
    trainer = Trainer(config)
    with trainer.own_randomness():
        while trainer.status == "running":
            trainer.advance()
    trainer.flush()
    (run,) = last((SMALL | {"activation": "relu"}, 0.0)).runs
    assert run.silent[-1] == pytest.approx(trainer.recorder.layer_history[-1][0].dead)
    assert run.val_accuracy == trainer.recorder.history.last("val_accuracy")


def test_turns_do_not_change_the_outcome():
    runs = (({**SMALL, "activation": "relu"}, 0.0), ({**SMALL, "activation": "leaky_relu"}, 0.0))
    at_once, in_turns = last(*runs).runs, last(*runs, seconds=0.002).runs
    for one, other in zip(at_once, in_turns, strict=True):
        assert one.silent == other.silent
        np.testing.assert_array_equal(one.units, other.units)


def test_images_have_no_cloud():
    frames = DeadUnitsJob((("a", Config.parse(digits("relu", 0.1)), 0.0),)).frames()
    first = next(frames)
    assert first.points is None and first.runs[0].units.shape == (0, 3)
    assert frames.send(Turn(stop=True)).status == "stopped"
