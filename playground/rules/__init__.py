"""How Config fields hang together: defaults that follow a choice, combinations that are refused, fields without use."""

from playground.rules.defaults import DRIVERS, chosen_defaults
from playground.rules.refused import refuse_impossible
from playground.rules.sizes import (
    class_sizes,
    fold_size,
    has_folds,
    num_kept,
    num_training_samples,
    num_validating_samples,
    split_sizes,
)
from playground.rules.unused import unused_fields

__all__ = [
    "DRIVERS",
    "chosen_defaults",
    "class_sizes",
    "fold_size",
    "has_folds",
    "num_kept",
    "num_training_samples",
    "num_validating_samples",
    "refuse_impossible",
    "split_sizes",
    "unused_fields",
]
