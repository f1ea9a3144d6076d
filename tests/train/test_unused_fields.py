"""A field that is called unused has no effect, and one that is not has one."""

import pytest

from playground.config import Config
from playground.fields import SPECS
from playground.parsing import ConfigError
from playground.rules import unused_fields
from playground.train.history import none_if_missing
from tests.aids.training import rows, tiny, trained

CONV = {"dataset": "digits", "architecture": "conv", "conv_channels": (2,), "hidden_sizes": (4, 4)}
BLOCKS = {"residual": True}
COSINE = {"schedule": "cosine", "num_epochs": 3}
STEPS = {"schedule": "step", "num_epochs": 3, "step_size": 1}

# Field -> other fields with which its value counts, and two values of it.
WITNESSES = {
    "dataset": ({}, "spiral", "circle"),
    "num_samples": ({}, 40, 44),
    "noise": ({}, 0.1, 1),
    "label_noise": ({}, 0, 0.5),
    "imbalance": ({}, 1, 3),
    "train_fraction": ({}, 0.5, 0.6),
    "num_folds": ({}, 0, 2),
    "fold": ({"num_folds": 3}, 0, 1),
    "features": ({}, "x1,x2", "x1,x1_x2"),
    "preprocessing": ({}, "none", "minmax"),
    "num_components": ({"preprocessing": "pca"}, 1, 2),
    "augmentation": ({"dataset": "digits"}, "", "shift"),
    "augmentation_strength": ({"dataset": "digits", "augmentation": "shift"}, 1, 2),
    "test_shift": ({"dataset": "digits"}, 0, 3),
    "mixup_alpha": ({}, 0, 1),
    "architecture": (CONV, "dense", "conv"),
    "hidden_sizes": ({}, "4", "4,4"),
    "conv_channels": (CONV, "2", "3"),
    "pooling": (CONV, "max", "average"),
    "activation": ({}, "relu", "gelu"),
    "negative_slope": ({"activation": "leaky_relu"}, 0.01, 0.1),
    "initializer": ({}, "orthogonal", "torch_default"),
    "init_scale": ({}, 1, 2),
    "normalization": ({}, "none", "layer"),
    "num_groups": ({"normalization": "group"}, 1, 2),
    "norm_noise": ({"normalization": "batch"}, 0, 0.5),
    "residual": ({}, False, True),
    "zero_init_residual": (BLOCKS, False, True),
    "loss": ({}, "cross_entropy", "hinge"),
    "optimizer": ({"learning_rate": 0.1}, "sgd", "adam"),
    "learning_rate": ({}, 0.01, 0.02),
    "momentum": ({}, 0.9, 0.5),
    "beta2": ({}, 0.999, 0.9),
    "epsilon": ({}, 1e-8, 0.1),
    "batch_size": ({}, 5, 7),
    "num_epochs": ({}, 2, 3),
    "schedule": ({}, "constant", "linear"),
    "warmup_fraction": ({}, 0, 0.5),
    "step_size": (STEPS, 1, 2),
    "milestones": (STEPS, "1", "2"),
    "gamma": (STEPS, 0.1, 0.5),
    "min_lr": (COSINE, 0, 0.001),
    "schedule_points": ({"schedule": "custom"}, "0:1,1:0.1", "0:1,1:0.5"),
    "grad_clip": ({}, 0, 0.01),
    "ema_decay": ({}, 0, 0.9),
    "early_stopping": ({"learning_rate": 1, "num_epochs": 8}, 0, 1),
    "keep_best": ({"learning_rate": 0.3, "num_epochs": 8}, False, True),
    "dropout": ({}, 0, 0.5),
    "dropconnect": ({}, 0, 0.5),
    "stochastic_depth": (BLOCKS, 0, 0.9),
    "weight_decay": ({}, 0, 0.1),
    "l1": ({}, 0, 0.1),
    "label_smoothing": ({}, 0, 0.3),
    "class_weights": ({"imbalance": 3}, False, True),
    "seed": ({}, 0, 1),
}
WITNESSED_ELSEWHERE = {"num_seeds", "device"}  # tests/jobs/training/test_job.py and tests/train/test_device.py


def test_every_field_has_a_witness():
    assert set(WITNESSES) | WITNESSED_ELSEWHERE == set(SPECS)


def told(config: Config) -> tuple[object, ...]:
    """What a run says of learning: its history, and the figures of its end."""
    trainer = trained(config)
    with trainer.evaluating() as network:
        final = trainer.recorder.final(network)
    return rows(trainer), [none_if_missing(value) for value in final.values()]


@pytest.mark.parametrize(("name", "witness"), WITNESSES.items(), ids=WITNESSES)
def test_a_field_that_is_not_called_unused_has_an_effect(name, witness):
    others, value, other_value = witness
    configs = [tiny(**{**others, name: chosen}) for chosen in (value, other_value)]
    assert not any(name in unused_fields(config) for config in configs)
    assert told(configs[0]) != told(configs[1])


NO_LAYERS = {"hidden_sizes": ()}
SITUATIONS = {
    **{f"{field}={name}": {field: name} for field, spec in SPECS.items() if spec.table and not spec.is_sequence
       for name in spec.table},
    "no layers": NO_LAYERS,
    "no layers but batches": NO_LAYERS | {"normalization": "batch"},
    "no layers but groups": NO_LAYERS | {"normalization": "group"},
    "blocks": BLOCKS,
    "blocks of zeros": BLOCKS | {"initializer": "zeros"},
    "no blocks": BLOCKS | {"hidden_sizes": (4, 6)},
    "convolutions": CONV,
    "convolutions alone": CONV | NO_LAYERS,
    "groups of channels": CONV | NO_LAYERS | {"normalization": "group"},
    "instances alone": CONV | NO_LAYERS | {"normalization": "instance"},
    "milestones": STEPS | {"milestones": (1,)},
}  # fmt: skip


def possible(**fields: object) -> Config | None:
    try:
        return tiny(**{"num_epochs": 1, **fields})
    except ConfigError:
        return None


POSSIBLE = {name: config for name, fields in SITUATIONS.items() if (config := possible(**fields))}


def other_value(config: Config, name: str) -> Config | None:
    """The same Config with another value of that field alone; None where both values are refused."""
    for value in WITNESSES[name][1:]:
        changed = possible(**{**config.model_dump(), name: value})
        if changed and getattr(changed, name) != getattr(config, name):
            return changed
    return None


@pytest.mark.parametrize("config", POSSIBLE.values(), ids=POSSIBLE)
def test_a_field_that_is_called_unused_has_no_effect(config):
    expected = told(config)
    unused = [changed for name in unused_fields(config) if (changed := other_value(config, name))]
    assert unused
    for changed in unused:
        assert told(changed) == expected, config.changes()


# In one epoch, and on classes of one size.
NOT_SEEN_AT_ONCE = {"step_size", "milestones", "gamma", "min_lr", "early_stopping", "num_epochs", "schedule",
                    "class_weights", "keep_best"}  # fmt: skip
STRUCTURES = (
    "blocks",
    "no blocks",
    "no layers",
    "convolutions",
    "convolutions alone",
    "groups of channels",
    "instances alone",
    "initializer=lsuv",
    "normalization=batch",
    "dataset=diabetes",
    "dataset=plane",
    "optimizer=adagrad",
)


@pytest.mark.parametrize("situation", STRUCTURES)
def test_a_field_without_effect_is_called_unused(situation):
    config = POSSIBLE[situation]
    expected, unused = told(config), unused_fields(config)
    for name in WITNESSES.keys() - unused.keys() - NOT_SEEN_AT_ONCE:
        changed = other_value(config, name)
        assert changed is None or told(changed) != expected, name
