"""StackedUpdate against torch.optim itself, and the exactness of a learning rate that is applied afterwards."""

import pytest
import torch

from playground.catalog import OPTIMIZERS
from playground.registry import resolve
from playground.train.stacked.momentum import Moments, Velocity
from playground.train.stacked.update import StackedUpdate
from tests.aids.training import tiny

SIZE, NUM_WEIGHTS, STEPS = 7, 4, 6
RATES = (1e-3, 1.0, 1e5)
DECAYS = (0.0, 0.1, 1e-6)
MOMENTA = (0.9, 0.5, 0.0)


def parameters():
    return torch.randn(3, SIZE, generator=torch.Generator().manual_seed(0))


def gradients():
    return torch.randn(STEPS, 3, SIZE, generator=torch.Generator().manual_seed(1)) / 10


def stacked(configs, rates=RATES):
    """Parameters (3, SIZE) after some updates of all three networks together."""
    flat = parameters()
    update = StackedUpdate(configs, flat, NUM_WEIGHTS)
    for gradient in gradients():
        update.step(flat, gradient.clone(), torch.tensor(rates).unsqueeze(1))
    return flat


def alone(config, row, rate):
    """The same of one network by torch.optim, in float64 and its plainest form."""
    values = parameters()[row].double()
    decayed, spared = values[:NUM_WEIGHTS].clone(), values[NUM_WEIGHTS:].clone()
    optimizer = resolve(OPTIMIZERS[config.optimizer].target)(
        [{"params": [decayed], "weight_decay": config.weight_decay}, {"params": [spared], "weight_decay": 0.0}],
        lr=rate,
        **OPTIMIZERS[config.optimizer].arguments(config),
        foreach=False,
    )
    for gradient in gradients()[:, row].double():
        decayed.grad, spared.grad = gradient[:NUM_WEIGHTS], gradient[NUM_WEIGHTS:]
        optimizer.step()
    return torch.cat([decayed, spared])


@pytest.mark.parametrize("decays", [(0.0,) * 3, DECAYS], ids=["no decay", "decay"])
@pytest.mark.parametrize("row", OPTIMIZERS)
def test_each_network_moves_as_torch_moves_it_alone(row, decays):
    configs = [tiny(optimizer=row, weight_decay=decay) for decay in decays]
    found = stacked(configs)
    for index, (config, rate) in enumerate(zip(configs, RATES, strict=True)):
        torch.testing.assert_close(found[index].double(), alone(config, index, rate), rtol=2e-5, atol=1e-6)


@pytest.mark.parametrize("row", OPTIMIZERS)
def test_a_momentum_of_each_networks_own_is_torchs_momentum(row):
    momenta = [max(momentum, 0.1) if OPTIMIZERS[row].needs_momentum else momentum for momentum in MOMENTA]
    configs = [
        tiny(optimizer=row, momentum=momentum, weight_decay=decay)
        for momentum, decay in zip(momenta, DECAYS, strict=True)
    ]
    found = stacked(configs)
    for index, (config, rate) in enumerate(zip(configs, RATES, strict=True)):
        torch.testing.assert_close(found[index].double(), alone(config, index, rate), rtol=2e-5, atol=1e-6)


@pytest.mark.parametrize("row", ["adam", "adamw"])
def test_an_epsilon_of_each_networks_own_is_torchs_epsilon(row):
    configs = [tiny(optimizer=row, epsilon=epsilon) for epsilon in (1e-8, 0.01, 1.0)]
    found = stacked(configs)
    for index, (config, rate) in enumerate(zip(configs, RATES, strict=True)):
        torch.testing.assert_close(found[index].double(), alone(config, index, rate), rtol=2e-5, atol=1e-6)


@pytest.mark.parametrize("row", [name for name in OPTIMIZERS if "momentum" in OPTIMIZERS[name].uses])
def test_the_form_for_different_momenta_agrees_with_the_one_for_equal_ones(row):
    configs = [tiny(optimizer=row)] * 3
    arguments = [OPTIMIZERS[row].arguments(config) for config in configs]
    form = (Moments if "betas" in arguments[0] else Velocity)(arguments, parameters())
    flat = parameters()
    for gradient in gradients():
        flat += torch.tensor([0.1, 1.0, 10.0]).unsqueeze(1) * form.update(gradient)
    torch.testing.assert_close(flat, stacked(configs, rates=(0.1, 1.0, 10.0)), rtol=1e-5, atol=1e-6)


def test_parameters_moved_at_rate_one_and_scaled_back_would_lose_what_a_large_rate_needs():
    """The wrong variant: p + lr (p_opt - p) rounds the update to the size of the parameters first."""
    p, gradient, rate = torch.tensor([1000.0]), torch.tensor([1e-5]), 1e5
    wrong = p + rate * ((p - gradient) - p)
    flat = p.clone().unsqueeze(0)
    StackedUpdate([tiny(optimizer="sgd")], flat, 1).step(flat, gradient.clone().unsqueeze(0), torch.tensor([[rate]]))
    assert flat.item() == pytest.approx(999.0)
    assert wrong.item() != pytest.approx(999.0)


def test_each_gradient_is_clipped_to_its_own_length():
    configs = [tiny(optimizer="sgd", grad_clip=clip) for clip in (0.0, 0.5, 100.0)]
    gradient, flat = torch.full((3, SIZE), 2.0), parameters()
    StackedUpdate(configs, flat, NUM_WEIGHTS).step(flat, gradient, torch.ones(3, 1))
    whole = 2.0 * SIZE**0.5
    assert (flat - parameters()).norm(dim=1).tolist() == pytest.approx([whole, 0.5, whole], rel=1e-5)
    assert gradient.norm(dim=1).tolist() == pytest.approx([whole] * 3), "the record shows the loss's own gradient"


def test_l1_makes_exact_zeros_of_weights_alone():
    configs = [tiny(optimizer="sgd", l1=l1) for l1 in (0.0, 10.0, 0.1)]
    flat = parameters()
    StackedUpdate(configs, flat, NUM_WEIGHTS).step(flat, torch.zeros(3, SIZE), torch.ones(3, 1))
    expected = parameters()
    for row, threshold in enumerate((0.0, 10.0, 0.1)):
        weights = expected[row, :NUM_WEIGHTS]
        expected[row, :NUM_WEIGHTS] = torch.nn.functional.softshrink(weights, threshold)
    torch.testing.assert_close(flat, expected)
    assert (flat[1, :NUM_WEIGHTS] == 0).all() and (flat[1, NUM_WEIGHTS:] != 0).all()


@pytest.mark.parametrize("momenta", [(0.9, 0.9, 0.9), MOMENTA], ids=["equal", "different"])
@pytest.mark.parametrize("row", ["sgd", "momentum", "adam", "adagrad", "rmsprop", "adadelta"])
def test_networks_that_leave_take_nothing_with_them(row, momenta):
    configs = [tiny(optimizer=row, momentum=momentum) for momentum in momenta]
    flat, rates = parameters(), torch.tensor([0.1, 0.2, 0.3]).unsqueeze(1)
    update = StackedUpdate(configs, flat, NUM_WEIGHTS)
    for gradient in gradients()[:3]:
        update.step(flat, gradient.clone(), rates)
    kept = [2, 0]
    flat, rates = flat[kept], rates[kept]
    update.keep(kept)
    for gradient in gradients()[3:]:
        update.step(flat, gradient[kept], rates)
    torch.testing.assert_close(flat, stacked(configs, rates=(0.1, 0.2, 0.3))[kept])
