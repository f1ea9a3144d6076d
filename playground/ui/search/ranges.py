"""Which ranges and choices the fields start with on the Search page, before a person changes them."""

from collections import Counter

from playground.fields import SPECS
from playground.presets import PRESETS
from playground.spec import Spec, number_text
from playground.train.search.axis import LINEAR, LOG

# Around what the help of each field calls usual, wide enough that the ends are plainly worse.
RANGES = {
    "num_samples": (200, 2000),
    "noise": (0, 1),
    "label_noise": (0, 0.5),
    "imbalance": (1, 10),
    "train_fraction": (0.2, 0.8),
    "num_components": (2, 32),
    "augmentation_strength": (0, 2),
    "mixup_alpha": (0, 1),
    "init_scale": (0.1, 10),
    "num_groups": (1, 8),
    "norm_noise": (0, 1),
    "negative_slope": (0.01, 0.5),
    "learning_rate": (1e-4, 1),
    "momentum": (0, 0.99),
    "beta2": (0.9, 0.9999),
    "epsilon": (1e-8, 0.1),
    "batch_size": (8, 128),
    "num_epochs": (5, 50),
    "warmup_fraction": (0, 0.5),
    "step_size": (1, 10),
    "gamma": (0.1, 0.9),
    "min_lr": (0, 0.01),
    "grad_clip": (0.1, 10),
    "ema_decay": (0.5, 0.999),
    "early_stopping": (1, 20),
    "dropout": (0, 0.6),
    "dropconnect": (0, 0.6),
    "stochastic_depth": (0, 0.6),
    "weight_decay": (1e-6, 0.1),
    "l1": (1e-6, 0.1),
    "label_smoothing": (0, 0.4),
}
MOST_CHOICES = 3  # at first
FACTOR_OF_LOG = 20  # a range from above 0 over so large a factor is tried on a log scale


def first_range(name: str) -> tuple[str, str, str]:
    """Low and high end as a person writes them, and the scale; the field's bounds where nothing is said above."""
    spec: Spec = SPECS[name]
    low, high = RANGES.get(name, (spec.low, spec.high))
    is_log = low > 0 and (spec.log_scale or high >= FACTOR_OF_LOG * low)
    return number_text(low), number_text(high), LOG if is_log else LINEAR


def first_choices(name: str) -> tuple[str, ...]:
    """The three that the presets take most often, then those that come first in the table; in the table's order."""
    spec = SPECS[name]
    known = list(spec.table or spec.choices)
    taken = Counter(getattr(preset.config, name) for preset in PRESETS.values()).most_common()
    often = list(dict.fromkeys([choice for choice, _ in taken] + known))[:MOST_CHOICES]
    return tuple(sorted(often, key=known.index))
