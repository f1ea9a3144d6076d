"""How Config fields hang together."""

import pytest

from playground.catalog import DATASETS, LOSSES, OPTIMIZERS
from playground.config import Config
from playground.fields import SPECS
from playground.parsing import ConfigError
from playground.rules import class_sizes, num_training_samples, unused_fields
from playground.rules.sizes import long_tail

PCA = {"preprocessing": "pca"}
REFUSED = {
    "a loss for classes on regression": ({"dataset": "diabetes", "loss": "hinge"}, "loss"),
    "convolutions without images": ({"dataset": "iris", "architecture": "conv"}, "architecture"),
    "convolutions without channels": (
        {"dataset": "digits", "architecture": "conv", "conv_channels": ""},
        "conv_channels",
    ),
    "more samples than exist": ({"dataset": "iris", "num_samples": 151}, "num_samples"),
    "no inputs": ({"features": ""}, "features"),
    "more directions than inputs": ({"preprocessing": "pca", "num_components": 3}, "num_components"),
    "more directions than training samples": (
        {"dataset": "wine", "num_samples": 20, "train_fraction": 0.1, "preprocessing": "pca", "num_components": 3},
        "num_components",
    ),
    "rotated pixels for convolutions": (
        {"dataset": "digits", "architecture": "conv", "preprocessing": "whiten"},
        "preprocessing",
    ),
    "one sample for batch statistics": ({"normalization": "batch", "batch_size": 1}, "batch_size"),
    "one unit for layer statistics": ({"normalization": "layer", "hidden_sizes": "8,1"}, "hidden_sizes"),
    "groups that do not divide": ({"normalization": "group", "num_groups": 3}, "num_groups"),
    "usual groups that do not divide": ({"normalization": "group", "hidden_sizes": "9"}, "hidden_sizes"),
    "groups of one unit": ({"normalization": "instance", "hidden_sizes": "8", "num_groups": 8}, "num_groups"),
    "look-ahead without momentum": ({"optimizer": "nesterov", "momentum": 0}, "momentum"),
    "a floor above the start": ({"schedule": "cosine", "learning_rate": 0.1, "min_lr": 0.2}, "min_lr"),
    "a fold beyond the last": ({"num_folds": 3, "fold": 3}, "fold"),
    "more directions than the folds leave samples": (
        {"dataset": "wine", "num_samples": 20, "train_fraction": 0.1, "num_folds": 2, **PCA, "num_components": 7},
        "num_components",
    ),
    "plateaus without a drop": ({"schedule": "plateau", "gamma": 1}, "gamma"),
    "one sample of the rarest class": ({"num_samples": 100, "imbalance": 40}, "imbalance"),
    "fewer samples than any choice needs": ({"num_samples": 30, "imbalance": 7}, "imbalance"),
    "seeds beyond the largest": ({"seed": SPECS["seed"].high, "num_seeds": 2}, "seed"),
}


@pytest.mark.parametrize(("values", "name"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_train_is_refused_in_one_sentence_under_one_field(values, name):
    with pytest.raises(ConfigError) as caught:
        Config.parse(values)
    assert list(caught.value.problems) == [name]
    sentence = caught.value.problems[name]
    assert sentence.endswith(".") and "\n" not in sentence


ALLOWED = {
    "the largest seed": {"seed": SPECS["seed"].high},
    "a fold that is not used": {"fold": 5},
    "as many directions as the folds leave samples": {
        **{"dataset": "wine", "num_samples": 20, "train_fraction": 0.1, "num_folds": 2, **PCA, "num_components": 6},
    },
    "two samples of the rarest class": {"num_samples": 100, "imbalance": 25},
    "an imbalance of no classes": {"dataset": "diabetes", "imbalance": 200},
    "the same floor as start": {"schedule": "cosine", "learning_rate": 0.1, "min_lr": 0.1},
    "a floor that is not used": {"learning_rate": 0.1, "min_lr": 0.2},
    "directions that are not used": {"num_components": 64},
    "groups that are not used": {"num_groups": 3},
    "one group": {"normalization": "group", "num_groups": 1},
    "two pieces of one unit": {"normalization": "layer", "hidden_sizes": "1", "activation": "maxout"},
    "channels of their own": {
        "dataset": "digits",
        "architecture": "conv",
        "normalization": "instance",
        "conv_channels": "3",
    },
    "groups of one channel": {
        "dataset": "digits",
        "architecture": "conv",
        "normalization": "group",
        "conv_channels": "2",
    },
}


@pytest.mark.parametrize("values", ALLOWED.values(), ids=ALLOWED)
def test_what_can_train_is_allowed(values):
    config = Config.parse(values)
    assert Config.parse(config.changes()) == config


@pytest.mark.parametrize("name", DATASETS)
def test_every_data_set_is_ready_to_train(name):
    config, row = Config.parse({"dataset": name}), DATASETS[name]
    assert row.task in LOSSES[config.loss].tasks
    assert {field: getattr(config, field) for field in row.defaults} == dict(row.defaults)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_brings_its_own_defaults(name):
    config = Config.parse({"optimizer": name})
    assert {field: getattr(config, field) for field in OPTIMIZERS[name].defaults} == dict(OPTIMIZERS[name].defaults)


@pytest.mark.parametrize("table", [DATASETS, OPTIMIZERS], ids=lambda table: table.name)
def test_default_values_of_rows_are_allowed_values_of_fields(table):
    for row in table.values():
        assert set(row.defaults) <= set(SPECS)
        Config.parse(dict(row.defaults))


@pytest.mark.parametrize(("num_samples", "train_fraction", "size"), [(20, 0.1, 2), (500, 0.5, 250), (20, 0.9, 18)])
def test_the_training_split_leaves_samples_for_the_others(num_samples, train_fraction, size):
    values = {"num_samples": num_samples, "train_fraction": train_fraction}
    assert num_training_samples(Config.parse(values)) == size <= num_samples - 2


@pytest.mark.parametrize(("num_folds", "size"), [(0, 10), (1, 10), (2, 8), (4, 12), (5, 12), (7, 13), (10, 14)])
def test_with_folds_all_but_one_train(num_folds, size):
    """Of 20 samples 10 train, 5 validate and 5 test; folds share the 15."""
    assert num_training_samples(Config.parse({"num_samples": 20, "num_folds": num_folds})) == size


LONG_TAILS = {
    "tenfold steps": ((100, 100, 100), 100, (100, 10, 1)),
    "two classes": ((500, 500), 20, (500, 25)),
    "the first class is the smaller one": ((212, 357), 10, (212, 21)),
    "the last class is short": ((100, 10), 2, (20, 10)),
    "the middle class is short": ((90, 10, 90), 9, (30, 10, 3)),
    "equal": ((59, 71, 48), 1, (48, 48, 48)),
}


@pytest.mark.parametrize(("available", "ratio", "sizes"), LONG_TAILS.values(), ids=LONG_TAILS)
def test_a_long_tail_by_hand(available, ratio, sizes):
    assert long_tail(available, ratio) == sizes


@pytest.mark.parametrize("ratio", [2, 10, 20])
def test_the_rarest_class_is_as_many_times_rarer_as_asked(ratio):
    for name, row in DATASETS.items():
        if row.num_classes:
            first, *_, last = class_sizes(Config.parse({"dataset": name, "imbalance": ratio}))
            assert first / (last + 0.5) <= ratio <= first / (last - 0.5)


def test_an_imbalance_leaves_fewer_samples_to_train_on():
    config = Config.parse({"num_samples": 1000, "imbalance": 10})  # 500 and 50
    assert num_training_samples(config) == 275


def test_unused_fields_are_fields_each_with_a_sentence():
    for dataset in DATASETS:
        for name, reason in unused_fields(Config.parse({"dataset": dataset})).items():
            assert name in SPECS
            assert reason.endswith(".")
