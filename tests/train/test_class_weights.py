"""Class weights in a run: what they make of the border, and what the curves show of them."""

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression
from torch.nn import functional as F

from playground.train.trainer import Trainer
from tests.aids.training import rows, tiny, trained

RARE = {"dataset": "gauss", "noise": 2, "num_samples": 200, "imbalance": 8, "hidden_sizes": ()}
DESCENT = {"optimizer": "momentum", "learning_rate": 0.3, "batch_size": 1000, "num_epochs": 120}


def border(trainer: Trainer) -> np.ndarray:
    """(D + 1,) how the score of class 1 less that of class 0 depends on the inputs, and its offset."""
    weight, bias = (parameter.detach().numpy() for parameter in trainer.network.parameters())
    return np.append(weight[1] - weight[0], bias[1] - bias[0])


def test_a_weighted_linear_network_draws_the_border_of_scikit_learn():
    trainer = trained(tiny(**RARE, **DESCENT, class_weights=True))
    train = trainer.data.train
    found = border(trainer)
    for weights, is_same in (("balanced", True), (None, False)):
        model = LogisticRegression(C=np.inf, class_weight=weights).fit(train.X.numpy(), train.y.numpy())
        expected = np.append(model.coef_[0], model.intercept_)
        assert np.allclose(found, expected, rtol=0.02, atol=0.02) == is_same


def test_curves_and_figures_show_the_loss_without_weights():
    trainer = trained(tiny(**RARE, class_weights=True))
    trainer.network.eval()
    with torch.no_grad():
        losses = [F.cross_entropy(trainer.network(s.X), s.y).item() for s in (trainer.data.train, trainer.data.val)]
    assert [rows(trainer)[f"{name}_loss"][-1] for name in ("train", "val")] == pytest.approx(losses, rel=1e-5)


@pytest.mark.parametrize("smoothing", [0.0, 0.3])
def test_the_first_gradient_is_of_the_loss_that_is_trained(smoothing):
    trainer = Trainer(tiny(**RARE, class_weights=True, label_smoothing=smoothing))
    train = trainer.data.train
    weights = len(train) / (2 * train.y.bincount()).float()
    losses = F.cross_entropy(trainer.network(train.X), train.y, reduction="none", label_smoothing=smoothing)
    found = torch.autograd.grad((weights[train.y] * losses).mean(), list(trainer.network.parameters()))
    expected = torch.cat([each.flatten() for each in found]).norm().item()
    assert rows(trainer)["grad_norm"][0] == pytest.approx(expected, rel=1e-4)
