"""Probes and the recorder, against numbers worked by hand."""

import math

import numpy as np
import pytest
import torch

from playground.catalog import ACTIVATIONS
from playground.train.probes import UpdateProbe, probe_layers, slope_shares
from playground.train.signal.probe import SignalProbe
from playground.train.trainer import Trainer
from tests.aids.training import go_on, linear_unit, rows, tiny, trained

CONV = {"dataset": "digits", "architecture": "conv", "conv_channels": (4,), "activation": "relu"}
MISSING = torch.tensor(math.nan)
BEFORE = torch.tensor([[-1.0, 2.0, -3.0, 0.0], [-2.0, -1.0, 5.0, 0.0], [-3.0, 1.0, -0.5, -1.0]])


def shares(name, before=BEFORE):
    return tuple(share.item() for share in slope_shares(before, ACTIVATIONS[name], MISSING))


def test_a_relu_is_dead_when_no_sample_switches_it_on():
    dead, saturated = shares("relu")
    assert dead == 0.5  # units 0 and 3, whose largest pre-activation is not above 0
    assert saturated == pytest.approx(7 / 12)


@pytest.mark.parametrize(
    ("name", "saturated"), [("tanh", 2 / 12 + 1 / 12), ("sigmoid", 1 / 12), ("leaky_relu", 7 / 12)]
)
def test_saturated_pairs_are_those_beyond_the_thresholds(name, saturated):
    dead, share = shares(name)
    assert math.isnan(dead)
    assert share == pytest.approx(saturated)


@pytest.mark.parametrize("name", [name for name, row in ACTIVATIONS.items() if row.saturates_below is None])
def test_an_activation_that_cannot_saturate_has_no_share(name):
    assert all(math.isnan(share) for share in shares(name))


def test_a_filter_is_dead_if_it_fires_nowhere():
    images = -torch.ones(5, 4, 3, 3)
    images[0, 0, 2, 1] = 1
    images[3, 2] = 1
    dead, saturated = shares("relu", images)
    assert dead == 0.5
    assert saturated == pytest.approx(1 - 10 / images.numel())
    is_off = images.amax(0) <= 0
    assert is_off.float().mean() > 0.7, "counting positions must be rejected"


def test_dead_filters_of_a_trained_convolution_are_those_counted_by_hand():
    trainer = trained(tiny(**CONV))
    conv = trainer.network.layers[0]
    with torch.no_grad():
        conv.affines[0].bias[:2] = -100.0  # two filters of four that nothing can wake
    with torch.no_grad(), trainer.network.tapped() as taps:
        trainer.network(trainer.data.train.X)
    images = trainer.data.train.X.unflatten(1, (1, 8, 8))
    fires = torch.nn.functional.conv2d(images, conv.weights[0], conv.affines[0].bias, padding=1) > 0
    by_hand = 1 - fires.any(3).any(2).any(0).float().mean().item()
    assert by_hand >= 0.5
    assert probe_layers(trainer.network, taps, ACTIVATIONS["relu"], [])[0].dead == pytest.approx(by_hand)
    signal = SignalProbe(tiny(**CONV), num_samples=20, num_inputs=None, chunk_size=7)
    with torch.no_grad():
        signal.network.layers[0].affines[0].bias[:2] = -100.0
    while not signal.has_ended:
        signal.advance()
    assert signal.layers()[0][0].dead in (0.5, 0.75, 1.0)


def test_one_sample_that_fires_keeps_a_unit_alive_in_the_whole_split():
    before = -torch.ones(1000, 1)
    before[777] = 1e-6
    assert shares("relu", before)[0] == 0


def test_nothing_is_said_of_a_layer_that_is_no_longer_finite():
    trainer = Trainer(tiny(activation="relu"))
    trainer.network.layers[0].weights[0].data.fill_(math.nan)
    with trainer.network.tapped() as taps:
        trainer.network(trainer.data.train.X)
    for probe in probe_layers(trainer.network, taps, ACTIVATIONS["relu"], []):
        assert probe.dead is None and probe.saturated is None


def test_a_layer_probe_holds_mean_and_deviation_of_its_outputs():
    trainer = Trainer(tiny(activation="tanh"))
    X = trainer.data.train.X
    hidden = trainer.network.parts[1](trainer.network.parts[0](X)).detach().numpy()
    probe = trainer.recorder.layer_history[0][0]
    assert (probe.mean, probe.std) == (pytest.approx(hidden.mean(), rel=1e-5), pytest.approx(hidden.std(), rel=1e-5))
    assert probe.name == "hidden 1" and probe.update_ratio is None


def test_gradient_norm_and_update_ratio_of_a_linear_unit_worked_by_hand():
    trainer = Trainer(linear_unit())
    X, y = trainer.data.train.X.double().numpy(), trainer.data.train.y.double().numpy()
    w, b = (parameter.detach().double().numpy().copy() for parameter in trainer.network.parameters())
    residual = X @ w.T + b - y
    dw, db = 2 * residual.T @ X / len(X), 2 * residual.mean(0)
    go_on(trainer)
    norm = math.sqrt((dw**2).sum() + (db**2).sum())
    assert rows(trainer)["grad_norm"] == [pytest.approx(norm, rel=1e-5)] * 2  # one full batch, before and at the update
    ratio = 0.05 * np.linalg.norm(dw) / np.linalg.norm(w)
    assert rows(trainer)["update_ratio"] == [None, pytest.approx(ratio, rel=1e-4)]
    (probe,) = trainer.recorder.layer_history[1]
    assert probe.grad_norm == pytest.approx(np.linalg.norm(dw), rel=1e-5)
    assert probe.update_ratio == pytest.approx(ratio, rel=1e-4)


def test_the_update_ratio_of_two_layers_is_that_of_all_weights_together():
    network = Trainer(tiny(hidden_sizes=(3,))).network
    probe = UpdateProbe(network)
    probe.start()
    before = [layer.weights[0].detach().clone() for layer in network.layers]
    with torch.no_grad():
        for weight in (layer.weights[0] for layer in network.layers):
            weight.add_(0.1)
    ratios, whole = probe.finish()
    moved, sizes = [0.1 * math.sqrt(weight.numel()) for weight in before], [weight.norm().item() for weight in before]
    assert ratios == pytest.approx([m / s for m, s in zip(moved, sizes, strict=True)])
    assert whole == pytest.approx(math.hypot(*moved) / math.hypot(*sizes))


def test_the_live_curve_has_a_point_for_every_update():
    trainer = trained(tiny(schedule="linear", learning_rate=0.1))
    step, loss, learning_rate = trainer.recorder.minibatch.thinned(100).T
    assert step.tolist() == list(range(1, 9))
    assert np.isfinite(loss).all()
    assert learning_rate.tolist() == pytest.approx([0.1 * (1 - k / 8) for k in range(8)])
