"""Losses against NumPy and against gradients by finite differences."""

import math

import numpy as np
import pytest
import torch

from playground.catalog import LOSSES
from playground.catalog.losses import CLASSIFICATION, REGRESSION
from playground.nn.losses import accuracy, build_loss

RNG = np.random.default_rng(0)
N, C = 7, 4
SCORES = RNG.normal(0, 2, (N, C))
CLASSES = RNG.integers(0, C, N)
VALUES = RNG.normal(0, 2, (N, 1))
ONE_HOT = np.eye(C)[CLASSES]


def log_softmax(s):
    return s - s.max(1, keepdims=True) - np.log(np.exp(s - s.max(1, keepdims=True)).sum(1, keepdims=True))


def hinge(s, y):
    margins = np.maximum(0, s - s[np.arange(len(s)), y][:, None] + 1)
    margins[np.arange(len(s)), y] = 0
    return margins.sum(1).mean()


def huber(r):
    return np.where(np.abs(r) <= 1, r**2 / 2, np.abs(r) - 0.5).mean()


CLASS_ORACLES = {
    "cross_entropy": lambda s, y: -log_softmax(s)[np.arange(len(s)), y].mean(),
    "hinge": hinge,
    "mse": lambda s, y: ((s - np.eye(C)[y]) ** 2).mean(),
    "huber": lambda s, y: huber(s - np.eye(C)[y]),
}
VALUE_ORACLES = {"mse": lambda s, y: ((s - y) ** 2).mean(), "huber": lambda s, y: huber(s - y)}


def test_every_loss_has_an_oracle_for_each_of_its_tasks():
    assert set(CLASS_ORACLES) == {name for name, row in LOSSES.items() if CLASSIFICATION in row.tasks}
    assert set(VALUE_ORACLES) == {name for name, row in LOSSES.items() if REGRESSION in row.tasks}


@pytest.mark.parametrize("name", CLASS_ORACLES)
def test_the_loss_of_classes_follows_the_formula(name):
    loss = build_loss(name)(torch.tensor(SCORES), torch.tensor(CLASSES))
    assert loss.item() == pytest.approx(CLASS_ORACLES[name](SCORES, CLASSES), rel=1e-12)


@pytest.mark.parametrize("name", VALUE_ORACLES)
def test_the_loss_of_values_follows_the_formula(name):
    outputs = SCORES[:, :1]
    loss = build_loss(name)(torch.tensor(outputs), torch.tensor(VALUES))
    assert loss.item() == pytest.approx(VALUE_ORACLES[name](outputs, VALUES), rel=1e-12)


@pytest.mark.parametrize("name", CLASS_ORACLES)
def test_the_gradient_of_classes_is_that_of_finite_differences(name):
    scores = torch.tensor(SCORES, requires_grad=True)
    assert torch.autograd.gradcheck(lambda s: build_loss(name)(s, torch.tensor(CLASSES)), scores)


@pytest.mark.parametrize("name", VALUE_ORACLES)
def test_the_gradient_of_values_is_that_of_finite_differences(name):
    outputs = torch.tensor(SCORES[:, :1], requires_grad=True)
    assert torch.autograd.gradcheck(lambda s: build_loss(name)(s, torch.tensor(VALUES)), outputs)


@pytest.mark.parametrize("share", [0.1, 0.5])
@pytest.mark.parametrize("name", LOSSES)
def test_only_a_loss_that_smooths_labels_does(name, share):
    args = torch.tensor(SCORES), torch.tensor(CLASSES)
    smoothed, plain = build_loss(name)(*args, share).item(), build_loss(name)(*args).item()
    assert (smoothed != plain) == LOSSES[name].smooths_labels


@pytest.mark.parametrize("share", [0.1, 0.5])
def test_smoothing_spreads_a_share_of_the_target_over_all_classes(share):
    smoothed = build_loss("cross_entropy")(torch.tensor(SCORES), torch.tensor(CLASSES), share).item()
    targets = (1 - share) * ONE_HOT + share / C
    assert smoothed == pytest.approx(-(targets * log_softmax(SCORES)).sum(1).mean(), rel=1e-12)


@pytest.mark.parametrize(("name", "expected"), [("cross_entropy", math.log(C)), ("hinge", C - 1)])
def test_the_loss_at_equal_scores(name, expected):
    assert build_loss(name)(torch.zeros(N, C).double(), torch.tensor(CLASSES)).item() == pytest.approx(expected)


def test_the_hinge_of_torch_which_divides_by_the_classes_is_rejected():
    args = torch.tensor(SCORES), torch.tensor(CLASSES)
    assert build_loss("hinge")(*args).item() != pytest.approx(torch.nn.functional.multi_margin_loss(*args).item())


@pytest.mark.parametrize("name", CLASS_ORACLES)
def test_a_loss_is_a_mean_so_that_doubling_the_samples_leaves_it(name):
    once = build_loss(name)(torch.tensor(SCORES), torch.tensor(CLASSES)).item()
    twice = build_loss(name)(torch.tensor(SCORES).repeat(2, 1), torch.tensor(CLASSES).repeat(2)).item()
    assert once == pytest.approx(twice)


def test_accuracy_is_the_share_of_largest_logits_on_the_target():
    logits = torch.tensor([[2.0, 1.0], [0.0, 1.0], [3.0, 1.0], [0.0, -1.0]])
    assert accuracy(logits, torch.tensor([0, 1, 1, 0])) == 0.75


def test_accuracy_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one sample"):
        accuracy(torch.zeros(0, 2), torch.zeros(0, dtype=torch.int64))
