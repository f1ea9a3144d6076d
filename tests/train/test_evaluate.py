"""Evaluation, and the moving average of weights."""

import copy

import pytest
import torch
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from playground.data.prepared import prepare
from playground.nn.build import build_network
from playground.nn.losses import build_loss
from playground.train.evaluate import AveragedNetwork, EpochEvaluation, evaluate
from playground.train.trainer import Trainer
from tests.training import go_on, tiny, trained

DECAY = 0.7


def parameters(network):
    return [parameter.detach().clone() for parameter in network.parameters()]


def jolt(network, seed):
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(torch.randn(parameter.shape, generator=generator))


def test_the_average_starts_as_a_copy_and_follows_the_formula():
    network = build_network(tiny(), 2, 2)
    averaged = AveragedNetwork(network, DECAY)
    jolt(network, 0)
    averaged.update()
    expected = parameters(network)
    assert all(torch.equal(one, other) for one, other in zip(parameters(averaged.network), expected, strict=True))
    for seed in (1, 2, 3):
        jolt(network, seed)
        averaged.update()
        expected = [DECAY * old + (1 - DECAY) * new for old, new in zip(expected, parameters(network), strict=True)]
    for average, value in zip(parameters(averaged.network), expected, strict=True):
        torch.testing.assert_close(average, value)


def test_the_raw_network_goes_on_as_if_nobody_averaged():
    plain, averaged = trained(tiny(num_epochs=3)), trained(tiny(num_epochs=3, ema_decay=0.9))
    for one, other in zip(parameters(plain.network), parameters(averaged.network), strict=True):
        assert torch.equal(one, other)


def test_the_averaged_network_is_the_one_evaluated():
    trainer = trained(tiny(num_epochs=3, ema_decay=0.9))
    averaged = evaluate(trainer.averaged.network, trainer.data.val, trainer.loss)
    raw = evaluate(trainer.network.eval(), trainer.data.val, trainer.loss)
    assert trainer.recorder.history.last("val_loss") == pytest.approx(averaged.loss, rel=1e-5)
    assert abs(raw.loss - averaged.loss) > 1e-3


NORMALIZED = {"normalization": "batch", "ema_decay": 0.9, "num_epochs": 3}


def statistics_by_hand(network, X):
    """Mean and unbiased variance of what reaches the first batch normalization."""
    before = network.parts[0](X).detach()
    return before.mean(0), before.var(0)


@pytest.mark.parametrize("fields", [{}, {"dropout": 0.5}, {"residual": True, "stochastic_depth": 0.9}], ids=str)
def test_batch_statistics_are_those_of_the_averaged_weights(fields):
    trainer = trained(tiny(**NORMALIZED, **fields))
    mean, variance = statistics_by_hand(trainer.averaged.network, trainer.data.train.X)
    norm = trainer.averaged.network.parts[1]
    torch.testing.assert_close(norm.running_mean, mean)
    torch.testing.assert_close(norm.running_var, variance)


def test_statistics_copied_from_the_raw_network_are_rejected():
    trainer = Trainer(tiny(**NORMALIZED))
    copied = AveragedModel(trainer.network, multi_avg_fn=get_ema_multi_avg_fn(0.9))
    while trainer.status == "running":
        go_on(trainer, 1)
        copied.update_parameters(trainer.network)
    mean, _ = statistics_by_hand(copied.module, trainer.data.train.X)
    assert not torch.allclose(copied.module.parts[1].running_mean, mean, atol=1e-3)


def test_every_batch_norm_gets_statistics_although_blocks_are_skipped():
    config = tiny(hidden_sizes=(4,) * 4, residual=True, stochastic_depth=0.95, normalization="batch")
    network = build_network(config, 2, 2)
    averaged = AveragedNetwork(network, DECAY)
    averaged.refresh_statistics(prepare(config).train.X)
    norms = [module for module in averaged.network.modules() if isinstance(module, torch.nn.BatchNorm1d)]
    assert [norm.num_batches_tracked.item() for norm in norms] == [1] * 4
    assert not averaged.network.training


def test_refreshing_statistics_draws_no_random_numbers():
    config = tiny(**NORMALIZED, dropout=0.5)
    averaged = AveragedNetwork(build_network(config, 2, 2), DECAY)
    state = torch.get_rng_state()
    averaged.refresh_statistics(prepare(config).train.X)
    assert torch.equal(torch.get_rng_state(), state)


def test_the_evaluated_loss_has_no_smoothing_and_no_penalty():
    plain = trained(tiny())
    trainer = copy.copy(plain)
    result = evaluate(trainer.network.eval(), trainer.data.train, build_loss("cross_entropy"))
    logits = trainer.network(trainer.data.train.X)
    expected = torch.nn.functional.cross_entropy(logits, trainer.data.train.y).item()
    assert result.loss == expected
    for fields in ({"label_smoothing": 0.5}, {"weight_decay": 1.0}, {"l1": 0.1}):
        penalized = Trainer(tiny(**fields))
        assert penalized.recorder.history.last("train_loss") == plain.recorder.history.column("train_loss")[0]


def test_dropout_and_skipping_are_off_in_evaluation():
    trainer = Trainer(tiny(dropout=0.9, dropconnect=0.5))
    plain = Trainer(tiny())
    assert trainer.recorder.history.last("train_loss") == plain.recorder.history.last("train_loss")


def test_accuracy_of_a_regression_does_not_exist():
    trainer = Trainer(tiny(dataset="plane"))
    assert trainer.recorder.history.to_json()["train_accuracy"] == [None]


@pytest.mark.parametrize("normalization", ["none", "batch", "layer"])
def test_one_pass_over_two_splits_gives_the_results_of_each(normalization):
    trainer = Trainer(tiny(normalization=normalization))
    network, data = trainer.network, trainer.data
    train, val, taps = EpochEvaluation(data.train, data.val, trainer.loss)(network)
    for result, split in ((train, data.train), (val, data.val)):
        alone = evaluate(network, split, trainer.loss)
        assert (result.loss, result.accuracy) == (pytest.approx(alone.loss, rel=1e-6), alone.accuracy)
    with network.tapped() as alone, torch.no_grad():
        network(data.train.X)
    for (before, output), (before_alone, output_alone) in zip(taps, alone, strict=True):
        torch.testing.assert_close(output, output_alone)
        torch.testing.assert_close(before, before_alone)
