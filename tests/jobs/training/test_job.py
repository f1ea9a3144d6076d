"""TrainJob: what a worker gets for its turns."""

import json
import pickle
import statistics

import numpy as np
import pytest

from playground.jobs.job import Turn
from playground.jobs.training.job import TrainJob
from playground.train.history import COLUMNS, COST
from tests.aids.training import rows, tiny, trained
from tests.jobs.turns import LONG, last_snapshot, snapshots

KINDS = {
    "plane": {},
    "regression": {"dataset": "plane"},
    "images": {"dataset": "digits", "architecture": "conv", "conv_channels": (2,)},
    "table": {"dataset": "iris"},
    "real regression": {"dataset": "diabetes"},
    "several seeds": {"num_seeds": 3},
    "diverging": {"learning_rate": 1e6, "optimizer": "sgd", "activation": "relu", "num_epochs": 50},
    "diverging seeds": {
        "num_seeds": 3,
        "learning_rate": 1e6,
        "optimizer": "sgd",
        "activation": "relu",
        "num_epochs": 30,
    },
    "many seeds": {"num_seeds": 5},
    "many diverging seeds": {
        "num_seeds": 5,
        "learning_rate": 1e6,
        "optimizer": "sgd",
        "activation": "relu",
        "num_epochs": 30,
    },
    "zeros": {"initializer": "zeros", "num_seeds": 2, "batch_size": 100},
}
kinds = pytest.mark.parametrize("fields", KINDS.values(), ids=KINDS)


def frames_of(**fields):
    frames = TrainJob(tiny(**fields)).frames()
    return frames, next(frames)


@kinds
def test_the_first_snapshot_comes_before_the_first_update(fields):
    _, first = frames_of(**fields)
    assert (first.status, first.step, first.epoch, first.fraction) == ("running", 0, 0, 0.0)
    assert first.result is None
    assert first.history["epoch"].tolist() == [0]
    assert len(first.minibatch["step"]) == 0
    assert first.layers


@kinds
def test_a_snapshot_can_be_sent_to_another_process(fields):
    for snapshot in snapshots(tiny(**fields), Turn(seconds=LONG, max_steps=5)):
        again = pickle.loads(pickle.dumps(snapshot))
        assert again.message == snapshot.message
        assert np.array_equal(again.history["train_loss"], snapshot.history["train_loss"], equal_nan=True)


@kinds
def test_the_result_can_be_written_as_strict_json(fields):
    result = last_snapshot(tiny(**fields)).result
    assert json.loads(json.dumps(result, allow_nan=False))["status"] in ("finished", "diverged")


@pytest.mark.parametrize("max_steps", [1, 3, 7])
def test_a_turn_stops_after_its_steps(max_steps):
    steps = [snapshot.step for snapshot in snapshots(tiny(), Turn(seconds=LONG, max_steps=max_steps))]
    assert steps == [*range(0, 8, max_steps), 8]


@pytest.mark.parametrize("max_epochs", [1, 2])
def test_a_turn_stops_after_its_epochs(max_epochs):
    seen = snapshots(tiny(num_epochs=4), Turn(seconds=LONG, max_epochs=max_epochs))
    assert [snapshot.epoch for snapshot in seen] == list(range(0, 5, max_epochs))


def test_one_epoch_from_the_middle_of_another_ends_at_the_next_end():
    frames, _ = frames_of(num_epochs=4)
    assert frames.send(Turn(seconds=LONG, max_steps=2)).step == 2
    assert frames.send(Turn(seconds=LONG, max_epochs=1)).step == 4


def test_a_turn_of_no_time_computes_nothing():
    frames, _ = frames_of()
    assert frames.send(Turn(seconds=0)).step == 0


def test_a_short_turn_ends_in_time():
    frames, first = frames_of(num_epochs=10_000)
    assert 0 < frames.send(Turn(seconds=0.02)).step < first.total_steps


def test_a_turn_that_wants_no_snapshot_gets_none_until_the_job_ends():
    frames, _ = frames_of()
    turn = Turn(seconds=LONG, max_steps=4, wants_snapshot=False)
    assert frames.send(turn) is None
    assert frames.send(turn).status == "finished"


def test_the_result_is_the_run_itself():
    config = tiny(dropout=0.2)
    last, trainer = last_snapshot(config), trained(config)
    assert last.result["history"] == rows(trainer)
    assert last.result["config"] == config.model_dump(mode="json")
    assert last.result["status"] == "finished"
    assert last.result["final"]["val_loss"] == rows(trainer)["val_loss"][-1]
    assert last.result["best"]["val_loss"] == min(rows(trainer)["val_loss"])
    assert last.history["val_loss"].tolist() == rows(trainer)["val_loss"]
    assert last.result["num_parameters"] == 2 * 4 + 4 + 4 * 4 + 4 + 4 * 2 + 2
    assert set(last.history) == {*COLUMNS, COST}


INFLUENCES = {
    "dropout": {"dropout": 0.5},
    "fractional pooling": {"dataset": "digits", "architecture": "conv", "conv_channels": (2,),
                           "pooling": "fractional_max"},
    "batch statistics": {"normalization": "batch"},
    "averages": {"normalization": "batch", "ema_decay": 0.5, "dropout": 0.5},
    "skipped blocks": {"residual": True, "stochastic_depth": 0.5},
    "several seeds": {"num_seeds": 2, "dropout": 0.5},
    "many seeds": {"num_seeds": 5, "dropout": 0.5},
}  # fmt: skip


@pytest.mark.parametrize("fields", INFLUENCES.values(), ids=INFLUENCES)
def test_looking_changes_nothing(fields):
    config = tiny(**fields)
    unseen = snapshots_without_looking(config)
    for turn in (Turn(seconds=LONG, max_steps=1), Turn(seconds=LONG, max_epochs=1)):
        result = snapshots(config, turn)[-1].result
        assert without_times(result) == without_times(unseen.result)


def snapshots_without_looking(config):
    frames = TrainJob(config).frames()
    next(frames)
    return frames.send(Turn(seconds=LONG, wants_snapshot=False))


def without_times(result):
    if isinstance(result, dict):
        return {k: without_times(v) for k, v in result.items() if k not in ("seconds", "steps_per_second")}
    return [without_times(entry) for entry in result] if isinstance(result, list) else result


def test_several_seeds_give_the_runs_of_those_seeds_with_mean_and_spread():
    last = last_snapshot(tiny(seed=5, num_seeds=3))
    single = [last_snapshot(tiny(seed=seed)).result for seed in (5, 6, 7)]
    assert [run["history"] for run in last.result["runs"]] == [run["history"] for run in single]
    for name, value in single[0]["final"].items():
        values = [run["final"][name] for run in single]
        assert last.result["mean"][name] == pytest.approx(statistics.fmean(values)) and value is not None
        assert last.result["std"][name] == pytest.approx(statistics.stdev(values))
    losses = np.array([run["history"]["val_loss"] for run in single])
    np.testing.assert_allclose(last.history["val_loss"], losses.mean(0))
    np.testing.assert_allclose(last.bands["val_loss"], losses.std(0, ddof=1))
    assert last.best["epoch"] == losses.mean(0).argmin()
    assert last.best["val_loss"] == pytest.approx(losses.mean(0).min())
    for name in ("train_loss", "train_accuracy", "val_accuracy", "learning_rate", "update_ratio"):
        columns = np.array([run["history"][name] for run in single], dtype=float)
        np.testing.assert_allclose(last.history[name], columns.mean(0))
        np.testing.assert_allclose(last.bands[name], columns.std(0, ddof=1), atol=1e-12)


MANY = {
    "plain": {},
    "diverging": {"learning_rate": 1e6, "optimizer": "sgd", "activation": "relu", "num_epochs": 30},
    "stopping early": {"early_stopping": 1, "num_epochs": 20},
    "batch statistics": {"normalization": "batch", "dropout": 0.3, "optimizer": "sgd"},
    "regression": {"dataset": "diabetes"},
}


@pytest.mark.parametrize("fields", MANY.values(), ids=MANY)
def test_many_seeds_are_trained_together_and_tell_what_each_tells_alone(fields):
    runs = last_snapshot(tiny(seed=5, num_seeds=5, **fields)).result["runs"]
    for seed, run in zip(range(5, 10), runs, strict=True):
        alone = last_snapshot(tiny(seed=seed, **fields)).result
        assert run.keys() == alone.keys()
        for part in ("config", "status", "message", "num_parameters"):
            assert run[part] == alone[part]
        for part in ("history", "final", "best"):
            for name, value in alone[part].items():
                np.testing.assert_allclose(
                    np.array(run[part][name], float), np.array(value, float), rtol=1e-4, atol=1e-5
                )
        assert [layer.keys() for layer in run["layers"]] == [layer.keys() for layer in alone["layers"]]


def test_one_step_is_one_update_of_every_run():
    for num_seeds in (2, 5):
        frames, first = frames_of(num_seeds=num_seeds)
        assert frames.send(Turn(seconds=LONG, max_steps=2)).fraction == pytest.approx(2 / first.total_steps)


def test_seeds_that_cannot_be_trained_together_say_why():
    frames, _ = frames_of(num_seeds=5, mixup_alpha=0.2)
    message = frames.send(Turn(seconds=LONG, max_steps=1)).message
    assert message.startswith("The 5 runs are trained one after another. mixup_alpha: ")
    frames, _ = frames_of(num_seeds=5)
    assert frames.send(Turn(seconds=LONG, max_steps=1)).message == ""


def test_changes_and_a_stop_reach_every_run():
    frames, _ = frames_of(num_seeds=5, num_epochs=6)
    frames.send(Turn(seconds=LONG, max_epochs=1, changes={"learning_rate": 0.123}))
    last = frames.send(Turn(stop=True))
    assert last.status == "stopped"
    for run in last.result["runs"]:
        assert run["history"]["learning_rate"][1] == 0.123
        assert run["config"]["learning_rate"] == 0.123
        assert (run["status"], run["message"]) == ("stopped", "Stopped at step 4.")
        assert run["final"]["test_loss"] is not None


@pytest.mark.parametrize("num_seeds", [3, 6])
def test_several_seeds_advance_side_by_side(num_seeds):
    frames, _ = frames_of(num_seeds=num_seeds, num_epochs=3)
    snapshot = frames.send(Turn(seconds=LONG, max_epochs=1))
    assert snapshot.fraction == pytest.approx(1 / 3)
    assert snapshot.history["epoch"].tolist() == [0, 1]


def test_stopping_ends_the_job_with_its_result():
    frames, _ = frames_of()
    frames.send(Turn(seconds=LONG, max_steps=3))
    last = frames.send(Turn(stop=True))
    assert (last.status, last.message, last.step) == ("stopped", "Stopped at step 3.", 3)
    assert last.result["status"] == "stopped"
    assert next(frames, None) is None


def test_a_job_that_has_diverged_at_once_ends_with_its_first_snapshot():
    frames, first = frames_of(initializer="large_normal", init_scale=100, activation="relu", hidden_sizes=(8,) * 30)
    assert first.status == "diverged" and first.result["status"] == "diverged"
    assert next(frames, None) is None


def test_a_change_acts_and_a_bad_one_is_answered_in_a_sentence():
    frames, _ = frames_of(num_epochs=5)
    snapshot = frames.send(Turn(seconds=LONG, max_epochs=1, changes={"learning_rate": 0.123}))
    assert snapshot.minibatch["learning_rate"].tolist() == [0.123] * 4
    snapshot = frames.send(Turn(seconds=LONG, max_epochs=1, changes={"learning_rate": "x"}))
    assert snapshot.status == "running" and snapshot.message.startswith("learning_rate: must be a number from")
    assert snapshot.minibatch["learning_rate"].tolist() == [0.123] * 8
    assert frames.send(Turn(seconds=LONG, max_epochs=1)).message == ""
