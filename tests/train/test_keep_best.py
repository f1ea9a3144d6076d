"""keep_best: a run that has ended is what it was after its best epoch."""

from functools import cache

import numpy as np
import pytest
import torch

from playground.config import Config
from playground.jobs.training.pictures import Pictures
from playground.jobs.training.result import run_result
from playground.train.trainer import DIVERGED, FINISHED, STOPPED, Trainer
from tests.aids.training import go_on, rows, tiny, trained

# The validation loss of so high a rate goes up and down, and is not lowest at the end.
RESTLESS = {"learning_rate": 0.3, "num_epochs": 8, "label_noise": 0.2}
RUNS = {
    "finished": ({}, FINISHED),
    "stopped early": ({"early_stopping": 2, "num_epochs": 40}, STOPPED),
    "stopped by hand": ({}, STOPPED),
    "diverged": ({"optimizer": "sgd", "learning_rate": 0.1, "activation": "relu"}, DIVERGED),
    "averaged": ({"ema_decay": 0.5}, FINISHED),
    "normalized": ({"normalization": "batch"}, FINISHED),
    "averaged and normalized": ({"ema_decay": 0.5, "normalization": "batch"}, FINISHED),
    "regression": ({"dataset": "diabetes", "num_samples": 60}, FINISHED),
    "dropped units": ({"dropout": 0.3}, FINISHED),
    "clipped": ({"grad_clip": 0.1}, FINISHED),
    "images": ({"dataset": "digits", "architecture": "conv", "conv_channels": (2,)}, FINISHED),
}
each_run = pytest.mark.parametrize("name", RUNS)


def config_of(name: str) -> Config:
    return tiny(**{**RESTLESS, "keep_best": True, **RUNS[name][0]})


@cache
def ended(name: str) -> Trainer:
    trainer = Trainer(config_of(name))
    if name == "stopped by hand":
        go_on(trainer, 5 * 4 + 2)  # in the middle of an epoch
        trainer.stop()
    elif name == "diverged":
        go_on(trainer, 3 * 4)
        trainer.change({"learning_rate": 1e6})
    go_on(trainer)
    return trainer


@cache
def after_its_best_epoch(name: str) -> Trainer:
    """The same run without keep_best, not trained any further than that."""
    trainer = Trainer(config_of(name).replace(keep_best=False))
    go_on(trainer, trainer.batches.per_epoch * ended(name).recorder.history.best()["epoch"])
    return trainer


def state(trainer: Trainer) -> dict[str, torch.Tensor]:
    return trainer.evaluated_network.state_dict()


def final(trainer: Trainer) -> dict[str, float]:
    with trainer.evaluating() as network:
        return trainer.recorder.final(network)


@each_run
def test_the_weights_are_those_after_the_best_epoch_and_not_the_last_ones(name):
    trainer, best = ended(name), after_its_best_epoch(name)
    assert trainer.status == RUNS[name][1]
    assert trainer.step > best.step  # or nothing would be tested
    assert state(trainer).keys() == state(best).keys()
    assert all(torch.equal(value, state(best)[key]) for key, value in state(trainer).items())


@each_run
def test_final_scores_are_those_of_the_best_epoch(name):
    trainer = ended(name)
    row, found = int(np.nanargmin([np.nan if v is None else v for v in rows(trainer)["val_loss"]])), final(trainer)
    for column in ("train_loss", "val_loss", "train_accuracy", "val_accuracy"):
        assert found[column] == pytest.approx(trainer.recorder.history.column(column)[row], abs=0, nan_ok=True)
    expected = final(after_its_best_epoch(name))
    assert [found[key] for key in ("test_loss", "test_accuracy")] == pytest.approx(
        [expected[key] for key in ("test_loss", "test_accuracy")], nan_ok=True
    )


@each_run
def test_layers_and_pictures_are_those_of_the_best_epoch(name):
    trainer, best = ended(name), after_its_best_epoch(name)
    assert trainer.recorder.layers == best.recorder.layer_history[-1]
    for found, expected in zip(Pictures(trainer).draw()[0], Pictures(best).draw()[0], strict=True):
        for drawn in ("activations", "gradients"):
            assert np.array_equal(getattr(found, drawn).counts, getattr(expected, drawn).counts)


@each_run
def test_the_history_and_the_end_are_as_without_it(name):
    plain = trained(config_of(name).replace(keep_best=False)) if RUNS[name][1] == FINISHED else None
    trainer = ended(name)
    if plain:
        assert rows(plain) == rows(trainer) and plain.message == trainer.message
        assert not all(torch.equal(value, state(trainer)[key]) for key, value in state(plain).items())
        assert run_result(plain, 1, 1)["kept_epoch"] is None
    assert run_result(trainer, 1, 1)["kept_epoch"] == trainer.recorder.history.best()["epoch"]


def test_a_run_under_way_has_its_present_weights():
    trainer, plain = Trainer(config_of("finished")), Trainer(config_of("finished").replace(keep_best=False))
    for each in (trainer, plain):
        go_on(each, 4 * 7)  # past the best epoch
    assert trainer.recorder.history.best()["epoch"] < 7 and trainer.recorder.kept_row is None
    assert all(torch.equal(value, state(plain)[key]) for key, value in state(trainer).items())


def test_a_run_that_diverges_at_once_keeps_its_start():
    trainer = trained(tiny(optimizer="sgd", learning_rate=1e6, keep_best=True))
    assert trainer.recorder.kept_row == 0
    start = Trainer(tiny(optimizer="sgd", learning_rate=1e6))
    assert all(torch.equal(value, state(start)[key]) for key, value in state(trainer).items())


def test_a_network_without_a_finite_loss_ends_too():
    wild = tiny(initializer="large_normal", init_scale=100, activation="relu", hidden_sizes=(8,) * 30, keep_best=True)
    assert trained(wild).status == DIVERGED
