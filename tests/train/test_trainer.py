"""Trainer: one run, step by step."""

import json
import math

import pytest
import torch

from playground.train.trainer import DIVERGED, FINISHED, RUNNING, STOPPED, Trainer
from tests.aids.training import go_on, rows, tiny, trained

RANDOM = {
    "dropout": {"dropout": 0.5},
    "dropconnect": {"dropconnect": 0.5},
    "stochastic depth": {"residual": True, "stochastic_depth": 0.8},
    "mixup": {"mixup_alpha": 1.0},
    "augmentation": {"dataset": "digits", "augmentation": "crop,cutout"},
    "fractional pooling": {
        "dataset": "digits",
        "architecture": "conv",
        "conv_channels": (2,),
        "pooling": "fractional_max",
    },
    "averaged batch statistics": {"normalization": "batch", "ema_decay": 0.5, "dropout": 0.2},
    "momentum with skipped blocks": {"residual": True, "stochastic_depth": 0.9, "optimizer": "momentum"},
}
random_runs = pytest.mark.parametrize("fields", RANDOM.values(), ids=RANDOM)


def history(trainer):
    return json.dumps(rows(trainer))


@random_runs
def test_equal_configs_give_byte_identical_histories(fields):
    first = history(trained(tiny(**fields)))
    torch.manual_seed(99)
    assert history(trained(tiny(**fields))) == first
    assert history(trained(tiny(seed=1, **fields))) != first


@random_runs
def test_runs_that_take_turns_equal_runs_one_after_the_other(fields):
    configs = [tiny(seed=seed, **fields) for seed in (0, 1)]
    expected = [history(trained(config)) for config in configs]
    trainers = [Trainer(config) for config in configs]
    while any(trainer.status == RUNNING for trainer in trainers):
        for trainer, num_steps in zip(trainers, (1, 2), strict=True):
            go_on(trainer, num_steps)
            torch.rand(3)  # somebody else in the same process
    assert [history(trainer) for trainer in trainers] == expected


@random_runs
def test_a_run_leaves_the_generator_of_others_alone(fields):
    trainer = Trainer(tiny(**fields))
    state = torch.get_rng_state()
    go_on(trainer)
    assert torch.equal(torch.get_rng_state(), state)


@pytest.mark.parametrize("initializer", ["kaiming_normal", "lsuv"])
@pytest.mark.parametrize(
    "fields", [{"batch_size": 3}, {"num_epochs": 9}, {"optimizer": "sgd"}, {"dropout": 0.3}], ids=str
)
def test_training_fields_leave_data_and_first_weights_unchanged(initializer, fields):
    one, other = Trainer(tiny(initializer=initializer)), Trainer(tiny(initializer=initializer, **fields))
    assert torch.equal(one.data.train.X, other.data.train.X) and torch.equal(one.data.val.y, other.data.val.y)
    weights, other_weights = one.network.state_dict(), other.network.state_dict()
    assert all(torch.equal(weights[name], other_weights[name]) for name in weights)


def test_row_0_is_from_before_the_first_update():
    trainer = Trainer(tiny())
    loss = trainer.loss(trainer.network(trainer.data.train.X), trainer.data.train.y).item()
    table = rows(trainer)
    assert table["step"] == [0] and table["epoch"] == [0]
    assert table["train_loss"] == [pytest.approx(loss)]
    assert table["update_ratio"] == [None]


def test_a_row_is_added_after_every_epoch():
    table = rows(trained(tiny(num_epochs=3)))  # 20 training samples in batches of 5
    assert table["epoch"] == [0, 1, 2, 3]
    assert table["step"] == [0, 4, 8, 12]


def test_the_incomplete_last_batch_is_left_out():
    assert trained(tiny(batch_size=6)).step == 2 * 3
    assert trained(tiny(batch_size=500)).step == 2


def test_an_equal_start_has_the_loss_of_chance():
    for dataset, num_classes in (("spiral", 2), ("spiral3", 3), ("digits", 10)):
        assert rows(Trainer(tiny(dataset=dataset, initializer="zeros")))["train_loss"] == [
            pytest.approx(math.log(num_classes))
        ]


@pytest.mark.parametrize(("initializer", "rounding"), [("zeros", 0), ("constant", 1e-6), ("kaiming_normal", None)])
def test_units_that_start_equal_stay_equal_but_for_rounding(initializer, rounding):
    weight = trained(tiny(initializer=initializer, optimizer="sgd")).network.layers[0].weights[0]
    apart = (weight.amax(0) - weight.amin(0)).max().item()
    assert apart > 0.1 if rounding is None else apart <= rounding


@pytest.mark.parametrize("fields", [{}, {"normalization": "batch"}, {"ema_decay": 0.5}, {"dropout": 0.5}], ids=str)
def test_final_scores_are_the_last_row_to_the_last_bit(fields):
    trainer = trained(tiny(num_samples=70, **fields))  # 35 and 17 samples, which round alone as they like
    final, history = trainer.recorder.final(trainer.evaluated_network.eval()), trainer.recorder.history
    for name in ("train_loss", "val_loss", "train_accuracy", "val_accuracy"):
        assert final[name] == history.last(name)


def test_final_scores_of_a_run_stopped_within_an_epoch_are_those_of_its_weights():
    trainer = Trainer(tiny(learning_rate=0.1))
    go_on(trainer, 6)
    trainer.stop()
    final = trainer.recorder.final(trainer.network.eval())
    loss = trainer.loss(trainer.network(trainer.data.val.X), trainer.data.val.y).item()
    assert final["val_loss"] == pytest.approx(loss, rel=1e-5)
    assert abs(loss - trainer.recorder.history.last("val_loss")) > 1e-3  # the last row, the wrong one, would not pass


def test_a_run_that_diverges_says_at_which_step_and_what_to_try():
    trainer = trained(tiny(learning_rate=1e6, optimizer="sgd", activation="relu", num_epochs=50))
    assert trainer.status == DIVERGED
    assert trainer.step < 200
    assert trainer.message.startswith("Diverged at step ")
    assert int(trainer.message.split()[3].rstrip(":")) <= trainer.step
    assert trainer.message.endswith("Try a ten times smaller learning rate, gradient clipping or normalization.")


def test_a_diverged_run_ends_where_it_does_whether_it_is_watched_or_not():
    config = tiny(learning_rate=1e6, optimizer="sgd", activation="relu", num_epochs=50)
    left_alone, watched = trained(config), Trainer(config)
    while watched.status == RUNNING:
        go_on(watched, 1)
        watched.flush()
    assert (watched.step, watched.message) == (left_alone.step, left_alone.message)
    assert rows(watched) == rows(left_alone)


def test_a_loss_that_is_not_a_number_is_divergence():
    trainer = Trainer(tiny(num_epochs=50))
    trainer.network.layers[0].weights[0].data.fill_(math.nan)
    go_on(trainer)
    assert trainer.status == DIVERGED
    assert "Diverged at step 1: the loss is no longer finite." in trainer.message


def test_a_run_that_starts_beyond_all_numbers_has_diverged_at_once():
    trainer = Trainer(tiny(initializer="large_normal", init_scale=100, activation="relu", hidden_sizes=(8,) * 30))
    assert trainer.status == DIVERGED
    assert trainer.message.startswith("Diverged at step 0: ")


def test_early_stopping_waits_that_many_epochs_for_a_better_validation_loss():
    trainer = trained(tiny(early_stopping=3, num_epochs=200, learning_rate=0.3))
    losses = rows(trainer)["val_loss"]
    assert trainer.status == STOPPED
    assert len(losses) - 1 - losses.index(min(losses)) == 3
    assert trainer.message == "Stopped early: no better validation loss for 3 epochs."


def test_without_early_stopping_a_run_ends_with_its_epochs():
    trainer = trained(tiny(num_epochs=20, learning_rate=0.3))
    assert (trainer.status, trainer.epoch) == (FINISHED, 20)


def test_a_stopped_run_keeps_its_history():
    trainer = Trainer(tiny())
    go_on(trainer, 5)
    trainer.stop()
    assert (trainer.status, trainer.message) == (STOPPED, "Stopped at step 5.")
    go_on(trainer)
    assert trainer.step == 5 and rows(trainer)["step"] == [0, 4]


def test_a_plateau_lowers_the_rate_of_the_epochs_after_it():
    trainer = trained(tiny(schedule="plateau", step_size=1, gamma=0.1, learning_rate=0.5, num_epochs=25))
    learning_rates, losses = rows(trainer)["learning_rate"], rows(trainer)["val_loss"]
    assert learning_rates[1] == 0.5 and learning_rates[-1] < 0.5
    fall = learning_rates.index(next(rate for rate in learning_rates if rate < 0.5))
    assert losses[fall - 1] >= min(losses[: fall - 1]), "the epoch before brought no new lowest loss"
    assert losses[: fall - 1] == sorted(losses[: fall - 1], reverse=True), "each epoch before that one did"


@pytest.mark.parametrize("patience", [1, 3])
def test_early_stopping_and_plateaus_count_alike(patience):
    """Steps too short for a float32 leave the loss the same in every epoch; the one before the first counts."""
    still = {"dataset": "plane", "optimizer": "sgd", "learning_rate": 0.1, "grad_clip": 1e-20}
    stopped = trained(tiny(**still, early_stopping=patience, num_epochs=12))
    assert (stopped.status, stopped.epoch) == (STOPPED, patience)
    waiting = trained(tiny(**still, schedule="plateau", step_size=patience, num_epochs=12))
    rates = rows(waiting)["learning_rate"]
    assert rates[patience] == 0.1 > rates[patience + 1], "the epoch after the one that stops the other run"
