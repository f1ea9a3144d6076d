"""What makes the loss of an update another one than that of the training split."""

import pytest

from playground.config import Config
from playground.objective import IN_TRAINING, Objective, parts_in_training

IMAGES = {"dataset": "digits", "architecture": "conv"}
USES = {
    "label_smoothing": {"label_smoothing": 0.1},
    "class_weights": {"class_weights": True, "imbalance": 3},
    "mixup_alpha": {"mixup_alpha": 0.2},
    "augmentation": {**IMAGES, "augmentation": ("flip",)},
    "dropout": {"dropout": 0.3},
    "dropconnect": {"dropconnect": 0.3},
    "stochastic_depth": {"residual": True, "stochastic_depth": 0.3, "hidden_sizes": (8, 8, 8, 8)},
    "norm_noise": {"normalization": "batch", "norm_noise": 0.3},
}


@pytest.mark.parametrize("name", IN_TRAINING)
def test_each_field_that_is_used_is_named(name):
    assert parts_in_training(Config.parse(USES[name])) == [IN_TRAINING[name]]


@pytest.mark.parametrize(
    "fields", [{}, {"norm_noise": 0.3}, {"dataset": "plane", "label_smoothing": 0.3, "class_weights": True}], ids=str
)
def test_what_is_off_or_not_read_is_not_named(fields):
    assert parts_in_training(Config.parse(fields)) == []
    assert not Objective.of(Config.parse(fields)).is_more_than_the_loss


@pytest.mark.parametrize("name", ["label_smoothing", "class_weights", "weight_decay", "l1"])
def test_the_cost_is_more_than_the_loss_where_it_adds_anything(name):
    fields = {"weight_decay": {"weight_decay": 0.1, "optimizer": "sgd"}, "l1": {"l1": 0.1}} | USES
    assert Objective.of(Config.parse(fields[name])).is_more_than_the_loss
