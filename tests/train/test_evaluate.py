"""Evaluation, and the moving average of weights."""

import copy

import pytest
import torch

from playground.config import Config
from playground.nn.build import build_network
from playground.nn.losses import build_loss
from playground.train.evaluate import AveragedNetwork, EpochEvaluation, evaluate
from playground.train.signal.probe import SignalProbe
from playground.train.trainer import Trainer
from tests.aids.training import tiny, trained

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


@pytest.mark.parametrize("fields", [{}, {"dropout": 0.5}, {"residual": True, "stochastic_depth": 0.9}], ids=str)
def test_batch_statistics_are_those_of_the_averaged_weights(fields):
    trainer = trained(tiny(**NORMALIZED, **fields))
    before = trainer.averaged.network.parts[0](trainer.data.train.X).detach()
    norm = trainer.averaged.network.parts[1]
    assert not torch.allclose(norm.running_mean, before.mean(0), atol=1e-3), "torch only copies the raw network's"
    with trainer.evaluating() as network:
        assert network is trainer.averaged.network
        torch.testing.assert_close(norm.running_mean, before.mean(0))
        torch.testing.assert_close(norm.running_var, before.var(0, correction=0))


# Loss over the training split before the first update. Running averages of 0 and 1 say 3,106 and 108.
DEEP = {"dataset": "digits", "hidden_sizes": (64,) * 4, "activation": "relu", "initializer": "large_normal"}
STARTS = {"deep": (DEEP, 8, 10), "raw": ({"dataset": "wine", "preprocessing": "none"}, 1, 2)}  # ln 3 is 1.10


@pytest.mark.parametrize(("fields", "low", "high"), STARTS.values(), ids=STARTS)
def test_a_start_is_judged_by_fresh_statistics(fields, low, high):
    trainer = Trainer(Config.parse({**fields, "normalization": "batch"}))
    assert low < trainer.recorder.history.last("train_loss") < high
    wrong = evaluate(trainer.network.eval(), trainer.data.train, trainer.loss).loss
    assert wrong > 10 * high, "running averages of 0 and 1 must be rejected"


def test_layers_at_the_start_are_spread_as_signal_has_them():
    config = Config.parse({**DEEP, "normalization": "batch"})
    probes = Trainer(config).recorder.layer_history[0]
    assert [probe.std for probe in probes[:4]] == pytest.approx([0.59, 0.59, 0.60, 0.61], abs=0.03)  # not 5 to 938
    probe = SignalProbe(config, num_samples=10_000, num_inputs=None, chunk_size=10_000)
    probe.advance()
    signal = [layer for layer, _, _ in probe.layers()]
    assert [layer.std for layer in signal] == pytest.approx([layer.std for layer in probes[:4]], rel=1e-4)
    assert [layer.grad_norm for layer in signal] == pytest.approx([layer.grad_norm for layer in probes[:4]], rel=1e-3)


def test_a_few_whole_batches_are_judged_by_fresh_statistics():
    """After 10 updates the running averages still hold a third of their start: they say .99."""
    fields = {"dataset": "digits", "hidden_sizes": (64, 64), "activation": "relu", "optimizer": "sgd"}
    more = {"normalization": "batch", "learning_rate": 0.3, "batch_size": 898, "num_epochs": 10}
    trainer = trained(Config.parse(fields | more))
    assert trainer.recorder.history.last("train_loss") == pytest.approx(0.552, abs=0.02)
    assert evaluate(trainer.network.eval(), trainer.data.train, trainer.loss).loss > 0.9


@pytest.mark.parametrize("fields", [{}, {"ema_decay": 0.9}, {"dropout": 0.5}], ids=str)
def test_final_scores_are_those_of_the_last_row(fields):
    trainer = trained(tiny(normalization="batch", **fields))
    with trainer.evaluating() as network:
        final = trainer.recorder.final(network)
    assert final["train_loss"] == pytest.approx(trainer.recorder.history.last("train_loss"), rel=1e-6)
    assert final["val_loss"] == pytest.approx(trainer.recorder.history.last("val_loss"), rel=1e-6)


def test_a_first_whole_batch_has_the_gradient_of_the_start():
    trainer = trained(tiny(normalization="batch", batch_size=20, num_epochs=1))
    start, first = trainer.recorder.history.column("grad_norm")
    assert start == pytest.approx(first, rel=1e-5)


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
    with trainer.evaluating():
        for result, split in ((train, data.train), (val, data.val)):
            alone = evaluate(network, split, trainer.loss)
            assert (result.loss, result.accuracy) == (pytest.approx(alone.loss, rel=1e-6), alone.accuracy)
        with network.tapped() as alone, torch.no_grad():
            network(data.train.X)
    for (before, output), (before_alone, output_alone) in zip(taps, alone, strict=True):
        torch.testing.assert_close(output, output_alone)
        torch.testing.assert_close(before, before_alone)
