"""Changes of the form: for each field a Config in which it has an effect, and another value."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from playground.catalog import AUGMENTATIONS
from playground.config import Config
from playground.fields import SPECS
from playground.parsing import ConfigError
from playground.rules import unused_fields

# Between them every field has an effect somewhere.
BASES = tuple(
    Config.parse(fields)
    for fields in (
        {"residual": True},
        {"activation": "leaky_relu"},
        {"dataset": "digits", "architecture": "conv"},
        {"dataset": "digits", "augmentation": list(AUGMENTATIONS)},
        {"dataset": "iris", "preprocessing": "pca", "num_folds": 5},
        {"normalization": "group", "schedule": "step", "hidden_sizes": "8,8"},
        {"schedule": "linear"},
        {"schedule": "custom"},
        {"normalization": "batch"},
    )
)


def other_values(name: str, config: Config) -> Iterator[Any]:
    """Values that the field could have instead."""
    spec, value = SPECS[name], getattr(config, name)
    if spec.choices:
        yield from spec.choices
    elif spec.table is not None:
        yield from ((row,) for row in spec.table) if spec.is_sequence else spec.table
    elif spec.low is None:
        yield not value
    elif spec.is_pairs:
        yield ((0.0, 1.0), (0.5, 0.25))
    elif spec.is_sequence:
        yield (6, 6)
    elif spec.log_scale:
        yield from (number for number in (0.003, 0.1) if spec.low <= number <= spec.high)
    else:
        yield from (type(value)(number) for number in (value + spec.step, value - spec.step, value / 2))


def before_and_after(name: str) -> tuple[Config, Config]:
    """A Config in which the field has an effect, and one that differs from it in this field."""
    for config in (base for base in BASES if name not in unused_fields(base)):
        for value in other_values(name, config):
            with suppress(ConfigError):
                changed = config.replace(**{name: value})
                if getattr(changed, name) != getattr(config, name):
                    return config, changed
    raise AssertionError(f"{name}: no other value fits")
