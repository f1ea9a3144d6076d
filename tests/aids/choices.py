"""Values of Config fields for tests to choose from, read from the fields themselves."""

import random
from typing import Any

from playground.config import Config
from playground.fields import SPECS

MAX_DRAWN = 300  # of a whole number that has a high bound


def bounded() -> list[str]:
    """Fields that are one number."""
    return [name for name, spec in SPECS.items() if spec.low is not None and not spec.is_sequence]


def random_values(rng: random.Random, share: float = 0.4) -> dict[str, Any]:
    """Values of some fields; their combination may be refused."""
    return {name: random_value(name, rng) for name in SPECS if rng.random() < share}


def random_value(name: str, rng: random.Random) -> Any:
    """A value that the field alone allows."""
    spec, default = SPECS[name], Config.model_fields[name].default
    if spec.choices:
        return rng.choice(spec.choices)
    if spec.table is not None:
        names = list(spec.table)
        return rng.sample(names, rng.randint(1, len(names))) if spec.is_sequence else rng.choice(names)
    if spec.low is None:
        return rng.random() < 0.5
    if spec.is_pairs:
        fractions = sorted(rng.sample(range(101), rng.randint(spec.min_length, spec.max_length)))
        return [[fraction / 100, rng.uniform(spec.low, spec.high)] for fraction in fractions]
    if spec.is_sequence:
        return [rng.choice((4, 4, 6, 8)) for _ in range(rng.randint(0, min(spec.max_length, 4)))]
    if isinstance(default, int):
        return rng.randint(int(spec.low), int(min(spec.high, MAX_DRAWN)))
    if spec.low >= 1:
        return rng.uniform(spec.low, min(spec.high, 4 * spec.low))
    return max(spec.low, rng.choice((spec.low, 0.01, 0.1, 0.3, min(spec.high, 0.9))))
