"""Remarks on right numbers: each is tested on both sides of its condition."""

import numpy as np
import pytest
import torch

from playground.config import Config
from playground.data.prepared import prepare
from playground.jobs.training.remarks import REMARKS, SeenRun, remarks
from playground.train.trainer import Trainer
from tests.aids.training import go_on, tiny
from tests.jobs.turns import last_snapshot

GOOD = {"train_loss": 0.1, "val_loss": 0.2, "train_accuracy": 0.95, "val_accuracy": 0.93}
BETTER = {"train_loss": 1.24, "val_loss": 0.6, "train_accuracy": 0.68, "val_accuracy": 0.91}
LOSSES = {"train_loss": 0.3, "val_loss": 0.2}


def said(scores=None, num_steps=1000, **fields):
    """Names of the remarks that are due."""
    run = SeenRun(Config.parse(fields), num_steps, scores or {})
    return [remark.name for remark in REMARKS if remark.is_due(run)]


DIGITS = {"dataset": "digits", "preprocessing": "whiten", "train_fraction": 0.5}  # of 64 inputs
FEW = {**DIGITS, "num_samples": 36}
NOISE, DROPOUT = {"label_noise": 0.3}, {"dropout": 0.5}
SHIFTED = {"dataset": "digits", "augmentation": "shift"}
CYCLES = {"schedule": "cosine_restarts", "step_size": 10}
REGRESSION = {"dataset": "diabetes", **DROPOUT}


@pytest.mark.parametrize(
    ("name", "due", "not_due"),
    [
        ("averaging", {"ema_decay": 0.9999}, {"ema_decay": 0.99}),
        ("averaging", {"ema_decay": 0.998, "num_steps": 499}, {"ema_decay": 0.998, "num_steps": 501}),
        ("averaging", {"ema_decay": 0.5, "num_steps": 1}, {"ema_decay": 0, "num_steps": 0}),
        ("whitening", FEW, {**DIGITS, "num_samples": 600}),
        ("whitening", {**DIGITS, "num_samples": 382}, {**DIGITS, "num_samples": 384}),
        ("whitening", {**FEW, "num_components": 7}, {**FEW, "num_components": 6}),
        ("whitening", FEW, {**FEW, "preprocessing": "standardize"}),
        ("label noise", {"scores": BETTER, **NOISE}, {"scores": GOOD, **NOISE}),
        ("label noise", {"scores": BETTER, **NOISE}, {"scores": BETTER}),
        ("label noise", {"scores": BETTER, **NOISE}, NOISE),
        ("label noise", {"scores": BETTER, **NOISE}, {"scores": LOSSES, "dataset": "diabetes", **NOISE}),
        ("better validation", {"scores": BETTER, **DROPOUT}, {"scores": GOOD, **DROPOUT}),
        ("better validation", {"scores": BETTER, **DROPOUT}, {"scores": BETTER, **DROPOUT, **NOISE}),
        ("better validation", {"scores": BETTER, **DROPOUT}, {"scores": BETTER, **DROPOUT, "hidden_sizes": ()}),
        ("augmentation", {**SHIFTED, "preprocessing": "standardize"}, {**SHIFTED, "preprocessing": "center"}),
        ("schedule", {**CYCLES, "num_epochs": 31}, {**CYCLES, "num_epochs": 30}),
        ("better validation", {"scores": LOSSES, **REGRESSION}, {"scores": {**LOSSES, "val_loss": 0.3}, **REGRESSION}),
    ],
)  # fmt: skip
def test_a_remark_is_made_where_it_is_due_and_only_there(name, due, not_due):
    assert name in said(**due) and name not in said(**not_due)


def test_the_first_weights_have_the_share_that_is_said():
    trainer = Trainer(tiny(ema_decay=0.8, num_epochs=1, dataset="plane", hidden_sizes=(), batch_size=2))
    weights = []
    while trainer.status == "running":
        go_on(trainer, 1)
        weights.append(trainer.network.layers[0].weights[0].detach().clone())
    steps = len(weights)
    shares = np.array([0.8 ** (steps - 1), *(0.2 * 0.8 ** np.arange(steps - 2, -1, -1))])
    assert shares.sum() == pytest.approx(1)
    mean = sum(share * weight for share, weight in zip(shares, weights, strict=True))
    torch.testing.assert_close(mean, trainer.evaluated_network.layers[0].weights[0].detach())
    (sentence,) = remarks(SeenRun(trainer.config.replace(ema_decay=0.99), steps))
    assert f"the run has {steps}: {0.99 ** (steps - 1):.0%} of what" in sentence


def test_an_average_of_the_length_that_is_advised_scores_like_the_network_and_a_longer_one_does_not():
    accuracies = {}
    for decay in (0.0, 0.9, 0.9999):
        config = Config.parse({"dataset": "digits", "num_epochs": 2, "ema_decay": decay, "device": "cpu"})
        accuracies[decay] = last_snapshot(config).result["final"]["val_accuracy"]
    assert accuracies[0.9] > 0.85 and accuracies[0.0] > 0.85 and accuracies[0.9999] < 0.6


@pytest.mark.parametrize("num_seeds", [1, 3])
def test_a_result_tells_what_a_remark_looks_at(num_seeds):
    snapshot = last_snapshot(tiny(num_seeds=num_seeds, ema_decay=0.9999))
    run = SeenRun.of_result(snapshot.result)
    assert (run.config, run.num_steps) == (snapshot.config, 8)
    assert run.num_steps == SeenRun.planned(snapshot.config).num_steps
    assert (
        run.scores["val_accuracy"]
        == (snapshot.result["mean"] if num_seeds > 1 else snapshot.result["final"])["val_accuracy"]
    )
    assert len(remarks(run)) == 1


def test_numbers_of_the_sentences():
    run = SeenRun(Config.parse({"dataset": "digits", **NOISE}), 100, BETTER)
    assert "(91%)" in remarks(run)[0] and "30% of the training labels" in remarks(run)[0] and "70%" in remarks(run)[0]
    run = SeenRun(Config.parse({"num_samples": 1000, **DROPOUT}), 100, BETTER)
    assert "250 validation samples tell an accuracy to about 1.8% either way" in remarks(run)[0]


@pytest.mark.parametrize("fields", [{"imbalance": 5}, {"num_folds": 4}, {"imbalance": 5, "num_folds": 4}], ids=str)
def test_a_remark_counts_the_validation_samples_that_there_are(fields):
    config = tiny(num_samples=300, **fields, **DROPOUT)
    assert f" {len(prepare(config).val)} validation samples" in remarks(SeenRun(config, 100, BETTER))[0]
