"""How many samples each split of a Config has, told without drawing one."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playground.config import Config


def split_sizes(num_samples: int, train_fraction: float) -> tuple[int, int]:
    """Samples for training and for validation without folds; at least one is left for each, and for the test."""
    num_train = min(max(round(train_fraction * num_samples), 1), num_samples - 2)
    return num_train, (num_samples - num_train + 1) // 2


def fold_size(num_samples: int, num_folds: int) -> int:
    """Samples of each fold; what is left over always trains."""
    return num_samples // num_folds


def has_folds(config: "Config") -> bool:
    return config.num_folds >= 2


def num_training_samples(config: "Config") -> int:
    """Size of the training split."""
    num_train, num_val = split_sizes(config.num_samples, config.train_fraction)
    if not has_folds(config):
        return num_train
    return num_train + num_val - fold_size(num_train + num_val, config.num_folds)


def num_validating_samples(config: "Config") -> int:
    """Samples that a validation score is measured on, those of all folds together."""
    num_train, num_val = split_sizes(config.num_samples, config.train_fraction)
    return fold_size(num_train + num_val, config.num_folds) * config.num_folds if has_folds(config) else num_val
