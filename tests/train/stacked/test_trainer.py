"""StackedTrainer: each network as the ordinary Trainer would make it."""

import math

import pytest
import torch

from playground.catalog import (
    ACTIVATIONS,
    DATASETS,
    INITIALIZERS,
    LOSSES,
    NORMALIZATIONS,
    OPTIMIZERS,
    POOLINGS,
    SCHEDULES,
)
from playground.parsing import ConfigError
from playground.train.stacked import StackedTrainer, can_stack, data
from playground.train.stacked.ordinary import layers_of, ordinary_network
from playground.train.trainer import Trainer
from tests.aids.training import go_on as go_on_alone
from tests.aids.training import tiny, trained
from tests.train.stacked.stacks import OWN, assert_all_same, assert_same, configs, go_on, told, trained_together

CONV = {"dataset": "digits", "architecture": "conv", "conv_channels": (2, 4)}
# Adam makes a full step of a gradient that is only rounding. A group of two units is normalized to plus and minus 1, so
# its gradient is that; units that start equal are kept equal by nothing but equal sums.
PLAIN = {"optimizer": "sgd", "learning_rate": 0.05}


@pytest.mark.parametrize("row", ACTIVATIONS)
def test_every_activation_is_as_in_an_ordinary_run(row):
    assert_all_same(configs(own=("seed", "learning_rate", "dropout"), activation=row))


@pytest.mark.parametrize("row", INITIALIZERS)
def test_every_initializer_is_as_in_an_ordinary_run(row):
    assert_all_same(configs(own=("seed", "init_scale"), initializer=row, **PLAIN))


@pytest.mark.parametrize("around", [{}, CONV], ids=["dense", "conv"])
@pytest.mark.parametrize("row", NORMALIZATIONS)
def test_every_normalization_is_as_in_an_ordinary_run(row, around):
    assert_all_same(configs(own=("seed", "dropout", "label_smoothing"), normalization=row, **around, **PLAIN))


@pytest.mark.parametrize(
    "fields",
    [
        {"hidden_sizes": (4, 4, 4), "residual": True},
        {"ema_decay": 0.5},
        {"dataset": "wine", "preprocessing": "none"},
        CONV,
    ],
    ids=["blocks", "averages", "raw", "conv"],
)
def test_statistics_are_those_of_the_whole_split_however_it_is_cut(fields, monkeypatch):
    monkeypatch.setattr(data, "MOST_SAMPLES", 7)
    assert_all_same(configs(normalization="batch", **PLAIN, **fields))


@pytest.mark.parametrize("decay", [0, 0.1])
@pytest.mark.parametrize("row", OPTIMIZERS)
def test_every_optimizer_is_as_in_an_ordinary_run(row, decay):
    assert_all_same(configs(optimizer=row, weight_decay=decay, num_epochs=4))


@pytest.mark.parametrize("row", OPTIMIZERS)
def test_every_optimizer_takes_a_momentum_of_each_networks_own(row):
    assert_all_same(configs(own=("seed", "momentum", "weight_decay"), optimizer=row))


@pytest.mark.parametrize("row", SCHEDULES)
def test_every_schedule_is_as_in_an_ordinary_run(row):
    fields = {"schedule": row, "num_epochs": 5, "step_size": 1, "gamma": 0.3, "min_lr": 0.001, "optimizer": "sgd"}
    assert_all_same(configs(own=("seed", "learning_rate", "warmup_fraction"), **fields))


def test_milestones_and_slopes_are_as_in_an_ordinary_run():
    fields = {"schedule": "step", "num_epochs": 4, "activation": "leaky_relu", "negative_slope": 0.2}
    assert_all_same(configs(own=("seed", "learning_rate", "epsilon"), milestones=(1, 3), **fields))


@pytest.mark.parametrize("row", LOSSES)
def test_every_loss_is_as_in_an_ordinary_run(row):
    assert_all_same(configs(own=("seed", "label_smoothing"), loss=row))
    assert_all_same(configs(own=("seed", "label_smoothing", "class_weights"), loss=row, imbalance=3))


@pytest.mark.parametrize("row", DATASETS)
def test_every_data_set_is_as_in_an_ordinary_run(row):
    assert_all_same(configs(dataset=row, num_epochs=1))


@pytest.mark.parametrize("name", OWN)
def test_each_field_may_be_the_networks_own(name):
    assert_all_same(configs(own=("seed", name)))


def test_all_fields_may_be_the_networks_own_at_once():
    assert_all_same(configs(own=tuple(OWN), num_epochs=3))


STRUCTURES = {
    "rare classes": {"imbalance": 3, "class_weights": True, "label_noise": 0.2},
    "rare classes that are drawn": {"dataset": "xor", "imbalance": 3},
    "moved test images": {"dataset": "digits", "test_shift": 2},
    "noise behind norms": PLAIN | {"normalization": "batch", "norm_noise": 0.5, "dropout": 0.2, "residual": True},
    "noise on channels": CONV | PLAIN | {"normalization": "batch", "norm_noise": 0.5},
    "no layers": {"hidden_sizes": ()},
    "blocks": {"residual": True, "hidden_sizes": (5, 5, 5)},
    "blocks of zeros": {"residual": True, "zero_init_residual": True},
    "dropped weights": {"dropconnect": 0.3},
    "one batch": {"batch_size": 500},
    "a batch of one": {"batch_size": 1},
    "a layer of one": {"hidden_sizes": (1,)},
    "whitened": {"preprocessing": "whiten"},
    "average pooling": CONV | {"pooling": "average"},
    "convolutions alone": CONV | {"hidden_sizes": ()},
    "maxout of channels": CONV | {"activation": "maxout"},
    "more than one block of samples": {"num_samples": 1300, "batch_size": 300},
}  # fmt: skip


@pytest.mark.parametrize("fields", STRUCTURES.values(), ids=STRUCTURES)
def test_every_structure_is_as_in_an_ordinary_run(fields):
    assert_all_same(configs(**fields))


def test_runs_that_stop_early_leave_the_others_alone():
    many = configs(own=("seed", "learning_rate", "dropout"), early_stopping=1, num_epochs=12)
    runs = trained_together(many)
    assert len({run.step for run in runs}) > 1
    for run, config in zip(runs, many, strict=True):
        assert_same(run, trained(config))


# Wrong labels are learned by heart, so that the best epoch is not the last; no other is within half a percent.
RESTLESS = {"learning_rate": 0.05, "num_epochs": 12, "label_noise": 0.5, "keep_best": True}


@pytest.mark.parametrize("fields", [
    {}, {"early_stopping": 3}, {"ema_decay": 0.5}, {"normalization": "batch"},
    {"dataset": "diabetes", "num_samples": 60, "dropout": 0.2},
], ids=str)  # fmt: skip
def test_the_best_weights_come_back_as_in_an_ordinary_run(fields):
    many = configs(own=("seed", "keep_best"), **{**RESTLESS, **fields})
    runs = trained_together(many)
    for run, config in zip(runs, many, strict=True):
        assert_same(run, trained(config))
    kept = [run for run in runs if run.config.keep_best]
    assert any(run.kept_row < len(run.history) - 1 for run in kept)


def test_a_stopped_network_goes_back_to_its_best_weights_and_leaves_the_others_alone():
    many = configs(own=("seed", "dropout"), **RESTLESS)
    stacked, ordinary = StackedTrainer(many), Trainer(many[1])
    go_on(stacked, 22)
    stacked.stop([stacked.runs[1]])
    go_on(stacked)
    go_on_alone(ordinary, 22)
    ordinary.stop()
    for run, trainer in zip(stacked.runs, (trained(many[0]), ordinary, trained(many[2])), strict=True):
        assert_same(run, trainer)


EXPLODES = {"learning_rate": 1e6, "optimizer": "sgd", "activation": "relu", "seed": 3}


@pytest.mark.parametrize("place", [0, 1, 3])
def test_a_network_that_diverges_harms_no_other(place):
    fine = configs(optimizer="sgd", activation="relu", num_epochs=6)
    many = [*fine[:place], tiny(**EXPLODES, num_epochs=6), *fine[place:]]
    runs = trained_together(many)
    assert runs[place].status == "diverged" and runs[place].step < runs[place - 1].step
    assert_same(runs[place], trained(many[place]))
    alone = trained_together(fine)
    assert [told(run) for run in (*runs[:place], *runs[place + 1 :])] == [told(run) for run in alone]


def test_a_run_that_has_diverged_says_so_where_it_is_stopped_within_its_epoch():
    many, ordinary = [*configs(optimizer="sgd", activation="relu"), tiny(**EXPLODES)], Trainer(tiny(**EXPLODES))
    stacked = StackedTrainer(many)
    go_on(stacked, 3)
    stacked.stop()
    go_on_alone(ordinary, 3)
    ordinary.stop()
    assert [run.status for run in stacked.runs] == ["stopped"] * 3 + ["diverged"]
    assert_same(stacked.runs[3], ordinary)


def test_numbers_beyond_all_numbers_stay_with_their_network():
    wild = tiny(initializer="large_normal", init_scale=100, activation="relu", hidden_sizes=(8,) * 30)
    fine = [tiny(seed=seed, activation="relu", hidden_sizes=(8,) * 30) for seed in range(3)]
    runs = trained_together([wild, *fine])
    assert (runs[0].status, runs[0].step) == ("diverged", 0)
    assert [told(run) for run in runs[1:]] == [told(run) for run in trained_together(fine)]
    assert all(math.isfinite(run.final["val_loss"]) for run in runs[1:])


CUTS = ((1, 2), (1, 1, 1))


@pytest.mark.parametrize("fields", [
    {}, {"activation": "sigmoid"}, {"activation": "silu", "hidden_sizes": (7, 3), "batch_size": 3},
    {"normalization": "group"}, {"optimizer": "adamw", "weight_decay": 0.1, "hidden_sizes": (5, 3)},
    {"dataset": "digits", "hidden_sizes": (32,), "batch_size": 8}, {"optimizer": "rmsprop", "l1": 0.01},
], ids=str)  # fmt: skip
def test_results_do_not_depend_on_how_many_are_trained_together(fields):
    many = configs(own=("seed", "learning_rate", "dropout"), **fields)
    together = [told(run) for run in trained_together(many)]
    for cut in CUTS:
        parts, start = [], 0
        for size in cut:
            parts += trained_together(many[start : start + size])
            start += size
        assert [told(run) for run in parts] == together


def test_equal_configs_give_equal_results():
    many = configs(own=("seed", "dropout"))
    assert [told(run) for run in trained_together(many)] == [told(run) for run in trained_together(many)]


@pytest.mark.parametrize("changes", [
    {"learning_rate": 0.2}, {"momentum": 0.3}, {"weight_decay": 0.1}, {"dropout": 0.4}, {"batch_size": 7},
    {"learning_rate": 0.05, "dropout": 0.0},
], ids=str)  # fmt: skip
def test_a_change_on_the_way_is_as_in_an_ordinary_run(changes):
    many = configs(own=("seed", "dropout"), num_epochs=4, schedule="linear", min_lr=0.001)
    stacked, ordinary = StackedTrainer(many), [trained_until(config, 6, changes) for config in many]
    go_on(stacked, 6)
    stacked.change(changes)
    go_on(stacked)
    for run, trainer in zip(stacked.runs, ordinary, strict=True):
        assert_same(run, trainer)


def trained_until(config, num_steps, changes):
    trainer = Trainer(config)
    go_on_alone(trainer, num_steps)
    trainer.change(changes)
    go_on_alone(trainer)
    return trainer


@pytest.mark.parametrize("changes", [{"hidden_sizes": (3,)}, {"learning_rate": "x"}], ids=str)
def test_a_change_that_needs_a_new_run_is_refused(changes):
    stacked = StackedTrainer(configs())
    with pytest.raises(ConfigError, match=next(iter(changes))):
        stacked.change(changes)
    assert [run.config for run in stacked.runs] == configs()


def test_some_runs_can_be_stopped_in_the_middle_of_an_epoch():
    many = configs(own=("seed", "dropout"))
    stacked = StackedTrainer(many)
    go_on(stacked, 2)
    stacked.stop([stacked.runs[1]], "Enough.")
    go_on(stacked)
    stopped = stacked.runs[1]
    assert (stopped.status, stopped.message, stopped.step) == ("stopped", "Enough.", 2)
    assert math.isfinite(stopped.final["test_loss"])
    for index in (0, 2):
        assert_same(stacked.runs[index], trained(many[index]))


def test_stopping_ends_all_runs():
    stacked = StackedTrainer(configs())
    go_on(stacked, 3)
    stacked.stop()
    assert [(run.status, run.message) for run in stacked.runs] == [("stopped", "Stopped at step 3.")] * 3
    assert stacked.status == "finished"
    stacked.advance()
    assert stacked.step == 3


@pytest.mark.parametrize(
    "fields",
    [{}, {"normalization": "batch"}, {"ema_decay": 0.5}, CONV, {"ema_decay": 0.5, "normalization": "batch"}, RESTLESS],
    ids=str,
)
def test_a_network_can_be_taken_out_of_the_stack(fields):
    stacked = StackedTrainer(configs(own=("seed",), **fields))
    go_on(stacked)
    for run in stacked.runs:
        data = stacked.data_of(run)
        network = ordinary_network(run, data)
        with torch.no_grad():
            loss = torch.nn.functional.cross_entropy(network(data.val.X), data.val.y).item()
        assert loss == pytest.approx(run.final["val_loss"], rel=1e-5)


@pytest.mark.parametrize(
    "fields",
    [{}, {"ema_decay": 0.5}, {"residual": True}, {"normalization": "batch"}, {**CONV, "activation": "relu"}, RESTLESS],
    ids=str,
)
def test_layers_are_as_in_an_ordinary_run(fields):
    many = configs(own=("seed",), **fields)
    stacked = StackedTrainer(many)
    go_on(stacked)
    for run, config in zip(stacked.runs, many, strict=True):
        expected = trained(config).recorder.layers
        for found, layer in zip(layers_of(run, stacked.data_of(run)), expected, strict=True):
            assert found.name == layer.name
            numbers = [[math.nan if v is None else v for v in vars(each).values()][1:] for each in (found, layer)]
            assert numbers[0] == pytest.approx(numbers[1], rel=1e-3, abs=1e-5, nan_ok=True)


def test_what_is_tested_here_can_be_stacked():
    assert not any(can_stack(configs(pooling=row, **CONV)) for row in POOLINGS if not POOLINGS[row].is_random)
    assert all(not can_stack(configs(**fields)) for fields in STRUCTURES.values())
