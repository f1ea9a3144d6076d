"""Losses against NumPy and against gradients by finite differences."""

import math

import numpy as np
import pytest
import torch
from sklearn.utils.class_weight import compute_class_weight, compute_sample_weight

from playground.catalog import LOSSES
from playground.catalog.losses import CLASSIFICATION, REGRESSION
from playground.config import Config
from playground.nn.losses import accuracy, build_loss, build_training_loss, class_weights

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


SAMPLE_WEIGHTS = compute_sample_weight("balanced", CLASSES)
WEIGHTED = Config(class_weights=True)


def smoothed_losses(name, s, y, share):
    """(N,) by the formula, sample by sample."""
    plain = np.array([CLASS_ORACLES[name](row[None], np.array([label])) for row, label in zip(s, y, strict=True)])
    if not LOSSES[name].smooths_labels:
        return plain
    return (1 - share) * plain - share * log_softmax(s).mean(1)


def test_class_weights_are_those_of_scikit_learn():
    labels = np.array([0] * 50 + [1] * 5 + [3] * 45)  # none of class 2
    weights = class_weights(WEIGHTED, torch.tensor(labels), 4).numpy()
    expected = compute_class_weight("balanced", classes=np.array([0, 1, 3]), y=labels)
    np.testing.assert_allclose(weights[[0, 1, 3]], expected, rtol=1e-6)
    assert weights[2] == 0
    assert weights[labels].mean() == pytest.approx(1)


def test_classes_weigh_the_same_unless_asked():
    assert class_weights(Config(), torch.tensor(CLASSES), C) is None
    assert class_weights(WEIGHTED, torch.tensor(VALUES), 1) is None  # a regression has no classes
    assert build_training_loss(Config(), torch.tensor(CLASSES), C) is build_loss("cross_entropy")


@pytest.mark.parametrize("share", [0.0, 0.3])
@pytest.mark.parametrize("name", CLASS_ORACLES)
def test_each_sample_weighs_as_its_class_does(name, share):
    loss = build_training_loss(WEIGHTED.replace(loss=name), torch.tensor(CLASSES), C)
    expected = (SAMPLE_WEIGHTS * smoothed_losses(name, SCORES, CLASSES, share)).mean()
    assert loss(torch.tensor(SCORES), torch.tensor(CLASSES), share).item() == pytest.approx(expected, rel=1e-6)


def test_a_batch_of_one_sample_is_weighed_which_torchs_weighted_mean_undoes():
    loss = build_training_loss(WEIGHTED, torch.tensor(CLASSES), C)
    args = torch.tensor(SCORES[:1]), torch.tensor(CLASSES[:1])
    plain = build_loss("cross_entropy")(*args).item()
    assert loss(*args).item() == pytest.approx(SAMPLE_WEIGHTS[0] * plain, rel=1e-6)
    weights = class_weights(WEIGHTED, torch.tensor(CLASSES), C).double()
    undone = torch.nn.functional.cross_entropy(*args, weight=weights).item()
    assert undone == pytest.approx(plain) and undone != pytest.approx(loss(*args).item(), rel=0.01)


def test_under_smoothing_the_best_constant_answer_is_even_which_torchs_is_not():
    """990 samples against 10: weighed by the sample, the mean target is (1/2, 1/2), and so is the best answer."""
    y, share, scores = torch.tensor([0] * 990 + [1] * 10), 0.1, torch.zeros(1, 2, dtype=torch.double)
    weights = class_weights(WEIGHTED, y, 2).double()

    def slope(loss):
        even = scores.clone().requires_grad_()
        loss(even.expand(1000, 2)).backward()
        return even.grad[0, 1].item()

    own = build_training_loss(WEIGHTED, y, 2)
    assert slope(lambda s: own(s, y, share)) == pytest.approx(0, abs=1e-6)
    torchs = slope(lambda s: torch.nn.functional.cross_entropy(s, y, weight=weights, label_smoothing=share))
    assert torchs < -0.1  # it calls for more of the rare class
