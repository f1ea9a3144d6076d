"""Gradient clipping and L1."""

import pytest
import torch

from playground.train.trainer import Trainer
from tests.aids.training import go_on, linear_unit, rows, tiny, trained


@pytest.mark.parametrize("limit", [0.01, 0.1])
def test_clipping_shortens_the_gradient_and_keeps_its_direction(limit):
    plain, clipped = trained(linear_unit()), trained(linear_unit(grad_clip=limit))
    start = Trainer(linear_unit())
    steps = [
        torch.cat([(p - q).flatten() for p, q in zip(t.network.parameters(), start.network.parameters(), strict=True)])
        for t in (plain, clipped)
    ]
    assert steps[1].norm().item() == pytest.approx(0.05 * limit, rel=1e-4)
    torch.testing.assert_close(steps[0] / steps[0].norm(), steps[1] / steps[1].norm(), atol=1e-5, rtol=1e-4)


def test_a_gradient_below_the_limit_is_let_through():
    assert rows(trained(tiny(grad_clip=1e6))) == rows(trained(tiny()))


def test_the_record_shows_the_gradient_before_it_is_clipped():
    plain, clipped = trained(linear_unit()), trained(linear_unit(grad_clip=0.01))
    assert rows(clipped)["grad_norm"] == pytest.approx(rows(plain)["grad_norm"], rel=1e-5)
    (expected,), (probe,) = plain.recorder.layer_history[1], clipped.recorder.layer_history[1]
    assert probe.grad_norm == pytest.approx(expected.grad_norm, rel=1e-5)


L1 = {
    "num_samples": 100,
    "num_epochs": 20,
    "learning_rate": 0.05,
    "features": "x1,x2,x1_x2,sin_x1,sin_x2",
    "dataset": "gauss",
}


def test_l1_makes_weights_exactly_zero_and_keeps_others():
    trainer = trained(tiny(l1=0.05, **L1))
    zeros = torch.cat([(weight == 0).flatten() for layer in trainer.network.layers for weight in layer.weights])
    assert 0.2 < zeros.float().mean().item() < 1
    assert rows(trainer)["train_accuracy"][-1] > 0.9


def test_a_subgradient_of_l1_which_gives_no_zeros_is_rejected():
    trainer = Trainer(tiny(**L1))
    weights = [weight for layer in trainer.network.layers for weight in layer.weights]
    while trainer.status == "running":
        go_on(trainer, 1)
        with torch.no_grad():
            for weight in weights:
                weight.sub_(trainer.learning_rate * 0.05 * weight.sign())
    assert not any((weight == 0).any() for weight in weights)
