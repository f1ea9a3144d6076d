"""The cost against NumPy by hand, in an ordinary training and in a stacked one."""

import numpy as np
import pytest

from playground.objective import Objective
from playground.train.history import COST
from playground.train.moment import moment_of
from playground.train.stacked import StackedTrainer
from playground.train.trainer import Trainer
from tests.aids.training import go_on, tiny

KINDS = {
    "nothing": {},
    "l2": {"weight_decay": 0.3},
    "l1": {"l1": 0.2},
    "both": {"weight_decay": 0.3, "l1": 0.2, "optimizer": "sgd"},
    "smoothing": {"label_smoothing": 0.3},
    "everything": {"weight_decay": 0.3, "l1": 0.2, "label_smoothing": 0.3},
    "regression": {"dataset": "plane", "weight_decay": 0.3},
    "decoupled": {"weight_decay": 0.3, "optimizer": "adamw"},
    "class weights": {"imbalance": 3, "class_weights": True, "label_smoothing": 0.2},
    "averages": {"weight_decay": 0.3, "ema_decay": 0.5, "label_smoothing": 0.1},
}


def by_hand(trainer, *, decays=True):
    """Loss and cost of the network that is evaluated, in float64."""
    config, train = trainer.config, trainer.data.train
    linears = [layer.weights[0].detach().double().numpy() for layer in trainer.evaluated_network.layers]
    biases = [p.detach().double().numpy() for name, p in trainer.evaluated_network.named_parameters() if "bias" in name]
    x = train.X.double().numpy()
    for number, (W, b) in enumerate(zip(linears, biases, strict=True)):
        x = x @ W.T + b
        x = np.tanh(x) if number < len(linears) - 1 else x
    if config.loss == "mse":
        loss = smoothed = ((x - train.y.double().numpy()) ** 2).mean()
    else:
        logs = x - np.log(np.exp(x).sum(axis=1, keepdims=True))
        targets = np.eye(logs.shape[1])[train.y.numpy()]
        loss = -(targets * logs).sum(axis=1).mean()
        share = config.label_smoothing
        counts = targets.sum(axis=0)
        weights = (len(targets) / (len(counts) * counts))[train.y.numpy()] if config.class_weights else 1
        smoothed = -(weights * (((1 - share) * targets + share / logs.shape[1]) * logs).sum(axis=1)).mean()
    squares, sizes = (sum(f(W).sum() for W in linears) for f in (np.square, np.abs))
    return loss, smoothed + config.weight_decay / 2 * squares * decays + config.l1 * sizes


@pytest.mark.parametrize("kind", KINDS)
def test_the_cost_is_loss_of_smoothed_labels_and_penalties_on_the_weights(kind):
    trainer = Trainer(tiny(activation="tanh", num_epochs=6, **KINDS[kind]))
    go_on(trainer, 6)
    row = moment_of(trainer).row
    loss, cost = by_hand(trainer, decays=kind != "decoupled")
    assert row["train_loss"] == pytest.approx(loss, rel=1e-5)
    assert row[COST] == pytest.approx(cost, rel=1e-5)
    while trainer.recorder.history.last("step") < trainer.step:  # to the end of the epoch
        go_on(trainer, 1)
    assert trainer.recorder.history.last(COST) == pytest.approx(
        by_hand(trainer, decays=kind != "decoupled")[1], rel=1e-5
    )
    if Objective.of(trainer.config).is_more_than_the_loss:
        assert abs(row[COST] - row["train_loss"]) > 1e-3, "the wrong variant, a cost without penalties, is told apart"


@pytest.mark.parametrize("kind", KINDS)
def test_stacked_networks_have_the_costs_of_ordinary_ones(kind):
    configs = [tiny(activation="tanh", num_epochs=6, seed=seed, **KINDS[kind]) for seed in (1, 2, 3)]
    stacked = StackedTrainer(configs)
    for _ in range(6):
        stacked.advance()
    alone = [Trainer(config) for config in configs]
    for trainer in alone:
        go_on(trainer, 6)
    for row, trainer in zip(stacked.rows(), alone, strict=True):
        expected = moment_of(trainer).row
        assert row.keys() == expected.keys()
        assert [*row.values()] == pytest.approx([*expected.values()], rel=1e-4, abs=1e-5, nan_ok=True)
        np.testing.assert_allclose(
            stacked.runs[alone.index(trainer)].history.column(COST), trainer.recorder.history.column(COST), rtol=1e-4
        )


def test_the_gradient_that_an_optimizer_follows_is_the_slope_of_the_cost():
    """One step of plain gradient descent on the whole split: so the factor of L2 is a half, not one."""
    trainer = Trainer(tiny(activation="tanh", optimizer="sgd", learning_rate=1e-3, weight_decay=0.7, batch_size=20))
    weight = trainer.network.layers[1].weights[0]
    before, costs = weight.detach().clone(), []
    for shift in (1e-2, -1e-2):
        weight.data[1, 2] += shift
        costs.append(by_hand(trainer)[1])
        weight.data.copy_(before)
    go_on(trainer, 1)
    slope = (before - weight.detach())[1, 2].item() / 1e-3
    assert slope == pytest.approx((costs[0] - costs[1]) / 2e-2, rel=0.02)
