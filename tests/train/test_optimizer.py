"""Optimizers against their formulas in NumPy, over five steps in float64."""

import inspect

import numpy as np
import pytest
import torch
from torch import nn

from playground.catalog import OPTIMIZERS
from playground.nn.build import build_network
from playground.registry import resolve
from playground.train.optimizer import build_optimizer, decayed_weights, set_groups, shrink_towards_zero
from tests.aids.training import tiny

START = np.array([[0.5, -1.5, 2.0]])
GRADIENTS = np.random.default_rng(0).standard_normal((5, 1, 3))
RATE, DECAY, MOMENTUM, BETA2 = 0.1, 0.2, 0.8, 0.95


def sgd(w, g, t, m, lr, rho, b2):
    return w - lr * g


def momentum(w, g, t, m, lr, rho, b2):
    m["v"] = rho * m.get("v", 0) + g  # the buffer starts at g
    return w - lr * m["v"]


def nesterov(w, g, t, m, lr, rho, b2):
    m["v"] = rho * m.get("v", 0) + g
    return w - lr * (g + rho * m["v"])


def adagrad(w, g, t, m, lr, rho, b2):
    m["s"] = m.get("s", 0) + g**2
    return w - lr * g / (np.sqrt(m["s"]) + 1e-10)


def rmsprop(w, g, t, m, lr, rho, b2):
    m["s"] = b2 * m.get("s", 0) + (1 - b2) * g**2
    return w - lr * g / (np.sqrt(m["s"]) + 1e-8)


def adadelta(w, g, t, m, lr, rho, b2):
    m["s"] = b2 * m.get("s", 0) + (1 - b2) * g**2
    step = np.sqrt(m.get("u", 0) + 1e-6) / np.sqrt(m["s"] + 1e-6) * g
    m["u"] = b2 * m.get("u", 0) + (1 - b2) * step**2
    return w - lr * step


def adam(w, g, t, m, lr, rho, b2):
    m["m"] = rho * m.get("m", 0) + (1 - rho) * g
    m["s"] = b2 * m.get("s", 0) + (1 - b2) * g**2
    return w - lr * (m["m"] / (1 - rho**t)) / (np.sqrt(m["s"] / (1 - b2**t)) + 1e-8)


# Row -> one step of the bare rule; weight decay is added below by the row's own kind.
RULES = {"sgd": sgd, "momentum": momentum, "nesterov": nesterov, "adagrad": adagrad, "rmsprop": rmsprop,
         "adadelta": adadelta, "adam": adam, "adamw": adam}  # fmt: skip
rows = pytest.mark.parametrize("name", OPTIMIZERS)


def by_hand(name, gradients=GRADIENTS, decay=DECAY, lr=RATE):
    w, memory = START.copy(), {}
    for t, gradient in enumerate(gradients, 1):
        if OPTIMIZERS[name].decouples_decay:
            w, g = w - lr * decay * w, gradient
        else:
            g = gradient + decay * w
        w = RULES[name](w, g, t, memory, lr, MOMENTUM, BETA2)
    return w


def linear(**fields):
    """A network of one linear unit in float64 whose weights are START, with its optimizer."""
    values = {"learning_rate": RATE, "momentum": MOMENTUM, "beta2": BETA2, "weight_decay": DECAY}
    config = tiny(hidden_sizes=(), **{**values, **fields})
    network = build_network(config, 3, 1).double()
    with torch.no_grad():
        network.layers[0].weights[0].copy_(torch.tensor(START))
        network.layers[0].affines[0].bias.fill_(1.0)
    return config, network, build_optimizer(network, config)


def stepped(name, gradients=GRADIENTS, **fields):
    _, network, optimizer = linear(optimizer=name, **fields)
    weight, bias = network.parameters()
    for gradient in gradients:
        weight.grad, bias.grad = torch.tensor(gradient), torch.zeros(1).double()
        optimizer.step()
    return weight.detach().numpy(), bias.item()


def test_every_row_has_a_rule():
    assert set(RULES) == set(OPTIMIZERS)


@rows
@pytest.mark.parametrize("num_steps", [1, 2, 5])
@pytest.mark.parametrize("decay", [0.0, DECAY])
def test_steps_follow_the_formula(name, num_steps, decay):
    weight, _ = stepped(name, GRADIENTS[:num_steps], weight_decay=decay)
    np.testing.assert_allclose(weight, by_hand(name, GRADIENTS[:num_steps], decay), rtol=0, atol=1e-10)


@rows
def test_a_bias_without_gradient_stays_although_weights_decay(name):
    assert stepped(name)[1] == 1.0


def first_step(name, gradient, lr=1.0, **fields):
    weight, _ = stepped(name, [np.full((1, 3), gradient)], learning_rate=lr, weight_decay=0, **fields)
    return (START - weight)[0, 0]


@pytest.mark.parametrize("gradient", [1e-3, 1.0, 50.0])
def test_the_first_step_of_adam_is_the_learning_rate(gradient):
    assert first_step("adam", gradient, lr=0.3) == pytest.approx(0.3, rel=2e-5)


def test_the_first_step_of_rmsprop_is_ten_learning_rates():
    _, network, optimizer = linear(optimizer="rmsprop", beta2=0.99, weight_decay=0)
    weight, _ = network.parameters()
    weight.grad = torch.ones(1, 3).double()
    optimizer.step()
    np.testing.assert_allclose(START - weight.detach().numpy(), 10 * RATE, rtol=1e-6)


TINY_GRADIENT = 1e-9  # where epsilon decides: outside the root, and for Adam behind the bias correction
TINY_STEPS = {
    "adagrad": TINY_GRADIENT / (TINY_GRADIENT + 1e-10),
    "rmsprop": TINY_GRADIENT / (np.sqrt(1 - BETA2) * TINY_GRADIENT + 1e-8),
    "adam": TINY_GRADIENT / (TINY_GRADIENT + 1e-8),
    "adamw": TINY_GRADIENT / (TINY_GRADIENT + 1e-8),
}
MISPLACED = {
    "adagrad": TINY_GRADIENT / np.sqrt(TINY_GRADIENT**2 + 1e-10),
    "rmsprop": TINY_GRADIENT / np.sqrt((1 - BETA2) * TINY_GRADIENT**2 + 1e-8),
    "adam": TINY_GRADIENT / (TINY_GRADIENT + 1e-8 / np.sqrt(1 - BETA2)),
    "adamw": TINY_GRADIENT / (TINY_GRADIENT + 1e-8 / np.sqrt(1 - BETA2)),
}


@pytest.mark.parametrize("name", TINY_STEPS)
def test_epsilon_stands_where_the_paper_has_it(name):
    step = first_step(name, TINY_GRADIENT)
    assert step == pytest.approx(TINY_STEPS[name], rel=1e-6)
    assert step != pytest.approx(MISPLACED[name], rel=0.1)


# Row -> length of the first step at rate 1, for a gradient g and the epsilon e.
FIRST_STEPS = {
    "adam": lambda g, e: g / (g + e),
    "adamw": lambda g, e: g / (g + e),
    "adagrad": lambda g, e: g / (g + e),
    "rmsprop": lambda g, e: g / (np.sqrt(1 - BETA2) * g + e),
    "adadelta": lambda g, e: g * np.sqrt(e) / np.sqrt((1 - BETA2) * g**2 + e),
}


def test_every_optimizer_with_an_epsilon_has_its_first_step():
    assert set(FIRST_STEPS) == {name for name, row in OPTIMIZERS.items() if "epsilon" in row.uses}


@pytest.mark.parametrize("epsilon", [1e-7, 0.01, 1.0])
@pytest.mark.parametrize("name", FIRST_STEPS)
def test_a_chosen_epsilon_shortens_the_first_step_as_the_formula_says(name, epsilon):
    for gradient in (1e-7, 0.02, 3.0):
        expected = FIRST_STEPS[name](gradient, epsilon)
        assert first_step(name, gradient, epsilon=epsilon) == pytest.approx(expected, rel=1e-6)


def test_epsilon_stays_outside_the_growing_root_of_adagrad():
    weight, _ = stepped("adagrad", np.ones((5, 1, 3)), weight_decay=0, epsilon=0.5)
    expected = RATE * sum(1 / (np.sqrt(t) + 0.5) for t in range(1, 6))
    np.testing.assert_allclose(START - weight, expected, rtol=1e-9)
    assert not np.allclose(expected, RATE * sum(1 / np.sqrt(t + 0.5) for t in range(1, 6)), rtol=0.01)


@pytest.mark.parametrize("name", FIRST_STEPS)
def test_epsilon_is_torchs_own_unless_chosen(name):
    usual = inspect.signature(resolve(OPTIMIZERS[name].target)).parameters["eps"].default
    assert tiny(optimizer=name).epsilon == usual == tiny(optimizer="sgd").replace(optimizer=name).epsilon
    assert tiny(optimizer=name, epsilon=1e-7).replace(momentum=0.5).epsilon == 1e-7


@pytest.mark.parametrize("epsilon", [1e-8, 0.3])
@pytest.mark.parametrize("name", [name for name in FIRST_STEPS if OPTIMIZERS[name].slope_step])
def test_theory_knows_the_epsilon(name, epsilon):
    config = tiny(optimizer=name, epsilon=epsilon, beta2=BETA2)
    assert OPTIMIZERS[name].slope_step(1, 0.2, config) == pytest.approx(FIRST_STEPS[name](0.2, epsilon))


def test_coupled_decay_is_rejected_for_adamw_and_decoupled_for_adam():
    assert not np.allclose(stepped("adam")[0], by_hand("adamw"), atol=1e-4)
    assert not np.allclose(stepped("adamw")[0], by_hand("adam"), atol=1e-4)


def test_for_plain_sgd_both_kinds_of_decay_are_one():
    w = START - RATE * DECAY * START - RATE * GRADIENTS[0]
    np.testing.assert_allclose(by_hand("sgd", GRADIENTS[:1]), w)


def test_only_weights_of_linear_and_convolution_modules_decay():
    config = tiny(dataset="digits", architecture="conv", conv_channels=(2,), activation="prelu",
                  normalization="batch", residual=True, weight_decay=0.1)  # fmt: skip
    network = build_network(config, 64, 10)
    decaying, spared = build_optimizer(network, config).param_groups
    expected = [module.weight for module in network.modules() if isinstance(module, (nn.Linear, nn.Conv2d))]
    assert {id(p) for p in decaying["params"]} == {id(p) for p in expected}
    assert decaying["weight_decay"] == 0.1 and spared["weight_decay"] == 0
    assert len(decaying["params"]) + len(spared["params"]) == len(list(network.parameters()))


@rows
def test_a_running_optimizer_follows_changes_and_keeps_its_memory(name):
    config, network, optimizer = linear(optimizer=name)
    weight, bias = network.parameters()
    weight.grad, bias.grad = torch.tensor(GRADIENTS[0]), torch.zeros(1).double()
    optimizer.step()
    before = {key: value for key, value in optimizer.state[weight].items() if value is not None}
    set_groups(optimizer, config.replace(learning_rate=0.5, weight_decay=0.3, momentum=0.6))
    assert [group["weight_decay"] for group in optimizer.param_groups] == [0.3, 0.0]
    assert {group["lr"] for group in optimizer.param_groups} == {0.5}
    after = {key: value for key, value in optimizer.state[weight].items() if value is not None}
    assert before.keys() == after.keys()
    assert all(before[key] is after[key] for key in before)


def test_l1_is_a_soft_threshold():
    w = torch.tensor([[0.5, -0.5, 0.05, -0.05, 0.125, 0.0]]).double()
    shrink_towards_zero([w], 0.125)
    expected = [0.375, -0.375, 0, 0, 0, 0]
    assert w[0].tolist() == expected


def test_l1_spares_biases():
    _, network, _ = linear(optimizer="sgd")
    assert [weight.shape for weight in decayed_weights(network)] == [(1, 3)]
