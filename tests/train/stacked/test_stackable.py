"""can_stack: what shares a stack, and the sentence where something does not."""

import pytest
from torch import nn

from playground.catalog import ACTIVATIONS, INITIALIZERS, NORMALIZATIONS, OPTIMIZERS, SCHEDULES
from playground.fields import SPECS
from playground.train.stacked import can_stack
from playground.train.stacked.modules import without_stacked_form
from playground.train.stacked.stackable import SHARED
from tests.aids.training import tiny
from tests.train.stacked.stacks import OWN, configs

DIGITS = {"dataset": "digits"}
CONV = {**DIGITS, "architecture": "conv", "conv_channels": (2,)}

REFUSED = {
    "stochastic_depth": {"residual": True, "stochastic_depth": 0.5},
    "augmentation": {**DIGITS, "augmentation": ("flip",)},
    "mixup_alpha": {"mixup_alpha": 0.2},
    "pooling": {**CONV, "pooling": "fractional_max"},
}
UNUSED = [{"stochastic_depth": 0.5}, {"augmentation": ("flip",)}, {"pooling": "fractional_max"},
          {"ema_decay": 0.5, "normalization": "batch", "hidden_sizes": ()}]  # fmt: skip


@pytest.mark.parametrize(("field", "fields"), REFUSED.items(), ids=REFUSED)
def test_what_cannot_be_stacked_is_named(field, fields):
    reason = can_stack(configs(**fields))
    assert reason.startswith(f"{field}: ") and reason.endswith(".")


@pytest.mark.parametrize("fields", UNUSED, ids=str)
def test_a_field_without_effect_refuses_nothing(fields):
    assert can_stack(configs(**fields)) == ""


@pytest.mark.parametrize("name", [name for name in SPECS if name not in (*SHARED, "num_seeds")])
def test_what_is_not_shared_may_differ(name):
    values = OWN.get(name, ())
    assert can_stack([tiny(**{name: value}) for value in values] or configs()) == ""


def test_the_fields_that_a_search_varies_are_each_networks_own():
    assert not {"seed", "learning_rate", "weight_decay", "l1", "momentum", "dropout", "init_scale", "label_smoothing",
                "warmup_fraction"} & set(SHARED)  # fmt: skip


@pytest.mark.parametrize(("name", "value"), [
    ("hidden_sizes", (8,)), ("batch_size", 7), ("activation", "relu"), ("optimizer", "sgd"), ("num_samples", 60),
    ("imbalance", 3.0),
    ("loss", "hinge"), ("num_epochs", 3), ("dropconnect", 0.5), ("preprocessing", "standardize"),
], ids=str)  # fmt: skip
def test_a_shared_field_that_differs_is_named_with_both_values(name, value):
    reason = can_stack([tiny(), tiny(**{name: value})])
    assert reason.startswith(f"{name}: networks that are trained together share it, but ")
    assert repr(value) in reason


def test_noise_behind_batch_normalization_is_shared():
    normalized = {"normalization": "batch"}
    reason = can_stack([tiny(**normalized), tiny(**normalized, norm_noise=0.5)])
    assert reason.startswith("norm_noise: networks that are trained together share it, but 0.0 and 0.5 came")


def test_a_shared_field_without_effect_may_differ():
    assert can_stack([tiny(num_groups=2), tiny(num_groups=1)]) == ""
    assert can_stack([tiny(optimizer="sgd", beta2=0.9), tiny(optimizer="sgd", beta2=0.5)]) == ""


def test_beta2_is_each_networks_own_where_momentum_is_too():
    assert can_stack([tiny(beta2=0.9), tiny(beta2=0.5)]) == ""
    assert can_stack([tiny(optimizer="rmsprop", beta2=0.9), tiny(optimizer="rmsprop", beta2=0.5)]).startswith("beta2: ")


def test_epsilon_is_each_networks_own_where_beta2_is():
    assert can_stack([tiny(epsilon=1e-8), tiny(epsilon=0.1)]) == ""
    assert can_stack([tiny(optimizer="sgd", epsilon=1e-8), tiny(optimizer="sgd", epsilon=0.1)]) == ""
    refusal = can_stack([tiny(optimizer="adagrad", epsilon=1e-8), tiny(optimizer="adagrad", epsilon=0.1)])
    assert refusal.startswith("epsilon: ")


def test_leaky_networks_share_their_slope_and_others_have_none():
    slopes = [{"negative_slope": 0.01}, {"negative_slope": 0.1}]
    assert can_stack([tiny(**slope) for slope in slopes]) == ""
    assert can_stack([tiny(activation="leaky_relu", **s) for s in slopes]).startswith("negative_slope: ")


def test_nothing_cannot_be_stacked():
    assert can_stack([]) == "there is nothing to train."


TABLES = {
    "activation": ACTIVATIONS,
    "initializer": INITIALIZERS,
    "normalization": NORMALIZATIONS,
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
}
ROWS = [(field, row) for field, table in TABLES.items() for row in table]


@pytest.mark.parametrize(("field", "row"), ROWS, ids=str)
def test_every_row_of_these_tables_can_be_stacked(field, row):
    assert can_stack(configs(**{field: row})) == ""


def test_a_module_with_parameters_and_no_stacked_form_is_found():
    unknown = nn.Bilinear(2, 2, 2)
    assert without_stacked_form(nn.Sequential(nn.Linear(2, 2), nn.ELU(), unknown)) is unknown
    assert without_stacked_form(nn.Sequential(nn.Linear(2, 2), nn.ELU())) is None
