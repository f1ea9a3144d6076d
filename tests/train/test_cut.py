"""The stop rule of a search, in an ordinary run and in a stack."""

import pytest

from playground.train.ending import highest_loss, is_cut
from playground.train.stacked import StackedTrainer
from playground.train.trainer import Trainer
from tests.aids.training import go_on, rows, tiny, trained

NAN, INF = float("nan"), float("inf")


@pytest.mark.parametrize(("losses", "cut_above", "expected"), [
    ([1.0, 3.0], 3, False), ([1.0, 3.001], 3, True), ([1.0, 9.0, 0.5], 3, False), ([0.2, 0.61], 3, True),
    ([1.0, 2.5], 2, True), ([1.0, INF], 3, True), ([1.0, NAN], 3, True), ([NAN, 1.0], 3, True),
    ([1.0, 1e9], 0, False), ([1.0, NAN], 0, False), ([1.0], 3, False), ([0.0, 0.0], 3, False),
])  # fmt: skip
def test_a_loss_above_so_many_times_its_start_is_cut(losses, cut_above, expected):
    assert is_cut(losses, cut_above) == expected


def test_the_naive_comparison_would_let_what_is_no_number_go_on():
    """The wrong variant."""
    start, loss = 1.0, NAN
    assert not loss > 3 * start
    assert is_cut([start, loss], 3)


# The output layer alone takes long steps, as bounded as the units below: a loss of about 25, whatever the rounding.
CLIMBS = {"optimizer": "sgd", "activation": "sigmoid", "learning_rate": 100.0, "num_epochs": 6}
CALM = {**CLIMBS, "learning_rate": 0.01}


def together(*fields, cut_above=3.0):
    trainer = StackedTrainer([tiny(**each) for each in fields], cut_above)
    go_on(trainer)
    return trainer.runs


def alone(fields, cut_above=3.0):
    trainer = Trainer(tiny(**fields), cut_above)
    go_on(trainer)
    return trainer


def test_a_run_is_cut_at_the_end_of_the_first_epoch_above():
    trainer, whole = alone(CLIMBS), rows(trained(tiny(**CLIMBS)))["train_loss"]
    first = next(epoch for epoch, loss in enumerate(whole) if loss > 3 * whole[0])
    assert 0 < first < CLIMBS["num_epochs"] and len(whole) == CLIMBS["num_epochs"] + 1  # without the rule it goes on
    assert (trainer.status, trainer.epoch) == ("cut", first)
    assert trainer.message == f"Cut at step {4 * first}: the training loss grew above 3 times its start."


def test_a_stack_cuts_the_same_run_at_the_same_epoch_and_no_other():
    run, calm = together(CLIMBS, CALM)
    ordinary = alone(CLIMBS)
    assert (run.status, run.message, run.step) == (ordinary.status, ordinary.message, ordinary.step)
    assert calm.status == "finished"
    assert calm.history.to_json() == together(CALM, CALM)[0].history.to_json()


def test_without_the_rule_nothing_is_cut():
    assert trained(tiny(**CLIMBS)).status == together(CLIMBS, cut_above=0)[0].status == "finished"


def test_what_diverges_says_so_under_the_rule_too():
    wild = {**CLIMBS, "learning_rate": 1e6}
    assert alone(wild).status == together(wild, CALM)[0].status == "diverged"


# A start of about 9, which running averages of 0 and 1 would take for 3,106.
DEEP = {
    **{"dataset": "digits", "hidden_sizes": (64,) * 4, "activation": "relu", "initializer": "large_normal"},
    **{"normalization": "batch", "optimizer": "sgd", "batch_size": 64, "train_fraction": 0.75, "num_epochs": 2},
}


@pytest.mark.parametrize(("learning_rate", "status"), [(16.0, "cut"), (1000.0, "diverged")])
def test_a_start_is_no_excuse_for_what_comes_after_with_batch_normalization(learning_rate, status):
    fields = {**DEEP, "learning_rate": learning_rate}
    run, trainer = together(fields)[0], alone(fields)
    assert run.status == trainer.status == status and trainer.epoch == 1
    start, loss = rows(trainer)["train_loss"]
    assert start < 10 < loss / 3
    wrong = 3106
    assert loss < highest_loss(wrong) and (status == "diverged" or not is_cut([wrong, loss], 3))
