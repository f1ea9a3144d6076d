"""What a snapshot shows between the rows of the history: after a single step, and at the last finite step."""

import math

import numpy as np
import pytest

from playground.jobs.job import Turn
from playground.jobs.training.job import TrainJob
from playground.train.history import COST
from playground.train.moment import moment_of
from playground.train.trainer import Trainer
from tests.aids.training import go_on, tiny
from tests.jobs.turns import LONG, last_snapshot

STEP = Turn(seconds=LONG, max_steps=1)


def stepping(**fields):
    frames = TrainJob(tiny(**fields)).frames()
    return frames, next(frames)


def expected(num_steps, **fields):
    trainer = Trainer(tiny(**fields))
    go_on(trainer, num_steps)
    return trainer


def test_a_single_step_is_measured_and_the_history_stays_one_row_an_epoch():
    frames, first = stepping()
    assert first.present == {}
    for num_steps in (1, 2, 3):
        snapshot = frames.send(STEP)
        assert snapshot.present == moment_of(expected(num_steps)).row
        assert snapshot.present["epoch"] == num_steps / 4 and snapshot.history["epoch"].tolist() == [0]
    assert snapshot.moments["step"].tolist() == [1, 2, 3]
    at_end = frames.send(STEP)
    assert at_end.present == {} and at_end.history["step"].tolist() == [0, 4]
    assert at_end.moments["step"].tolist() == [1, 2, 3], "the steps that were looked at stay in the picture"
    assert at_end.moments[COST].tolist() == at_end.moments["train_loss"].tolist()


def test_the_layers_after_a_single_step_are_of_after_it():
    frames, _ = stepping()
    snapshot = frames.send(STEP)
    trainer = Trainer(tiny())
    before = [layer.weights[0].detach().clone() for layer in trainer.network.layers]
    go_on(trainer, 1)
    for seen, layer, probe, old in zip(
        snapshot.layers, trainer.network.layers, moment_of(trainer).layers, before, strict=True
    ):
        moved = (layer.weights[0].detach() - old).norm().item() / old.norm().item()
        assert seen.update_ratio == pytest.approx(moved, rel=1e-4)
        assert (seen.mean, seen.std, seen.dead) == (probe.mean, probe.std, probe.dead)
    assert snapshot.layers_step == 1
    assert snapshot.layer_history["epoch"].tolist() == [[0.25] * 3]


@pytest.mark.parametrize("num_seeds", [2, 5])
def test_a_step_of_several_seeds_is_measured_by_mean_and_spread(num_seeds):
    frames, _ = stepping(num_seeds=num_seeds)
    snapshot = frames.send(STEP)
    losses = [moment_of(expected(1, seed=seed)).row["val_loss"] for seed in range(num_seeds)]
    assert snapshot.present["val_loss"] == pytest.approx(np.mean(losses), rel=1e-4)
    assert snapshot.present_band["val_loss"] == pytest.approx(np.std(losses, ddof=1), rel=1e-3)
    assert snapshot.moment_bands["val_loss"].tolist() == [snapshot.present_band["val_loss"]]


def test_a_look_in_the_middle_of_an_epoch_is_of_then_and_leaves_no_point():
    frames, _ = stepping()
    frames.send(Turn(seconds=LONG, max_steps=2, wants_snapshot=False))
    snapshot = frames.send(Turn(seconds=0))
    assert snapshot.present["step"] == 2 and snapshot.moments["step"].tolist() == [2]


WILD = {"optimizer": "sgd", "activation": "relu", "learning_rate": 300, "num_epochs": 20, "batch_size": 2}


@pytest.fixture
def is_worth_it(monkeypatch):
    """The run again is worth any time, on however slow a machine."""
    monkeypatch.setattr("playground.jobs.training.run.LONGEST_SECONDS", math.inf)


@pytest.mark.usefixtures("is_worth_it")
@pytest.mark.parametrize("fields", [WILD, WILD | {"learning_rate": 1e6}, WILD | {"optimizer": "momentum"}], ids=str)
def test_a_diverged_run_shows_its_last_finite_step_and_ends_its_curve_at_the_trouble(fields):
    snapshot = last_snapshot(tiny(**fields))
    assert snapshot.status == "diverged" and f"Diverged at step {snapshot.diverged_at}" in snapshot.message
    step = snapshot.layers_step
    assert snapshot.diverged_at - 2 <= step < snapshot.diverged_at
    assert snapshot.present == moment_of(expected(step, **fields)).row
    assert math.isfinite(snapshot.present["train_loss"])
    assert all(layer.activations is not None and layer.gradients is not None for layer in snapshot.layers)
    assert snapshot.minibatch["step"][-1] == snapshot.diverged_at
    if "grew to" in snapshot.message:
        assert f"grew to {snapshot.minibatch['loss'][-1]:.3g}" in snapshot.message


@pytest.mark.usefixtures("is_worth_it")
def test_the_way_to_a_divergence_is_gone_again_with_the_changes_of_that_way():
    frames, _ = stepping(**WILD | {"learning_rate": 0.01})
    frames.send(Turn(seconds=LONG, max_steps=13))
    calm = frames.send(Turn(seconds=0, changes={"learning_rate": 300.0}))
    assert calm.status == "running" and calm.step == 13
    snapshot = frames.send(Turn(seconds=LONG))
    assert snapshot.status == "diverged" and 13 <= snapshot.layers_step < snapshot.diverged_at
    assert snapshot.minibatch["learning_rate"].tolist() == [0.01] * 13 + [300.0] * (snapshot.diverged_at - 13)
    assert all(layer.activations is not None for layer in snapshot.layers)


def test_a_run_that_took_long_shows_the_layers_that_were_looked_at_last(monkeypatch):
    monkeypatch.setattr("playground.jobs.training.run.LONGEST_SECONDS", -1.0)
    snapshot = last_snapshot(tiny(**WILD))
    assert snapshot.layers_step == 0 and snapshot.present == {}
    assert all(layer.activations is not None for layer in snapshot.layers)
