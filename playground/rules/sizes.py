"""How many samples each split of a Config has, told without drawing one."""

from collections.abc import Sequence

from playground.catalog import DATASETS
from playground.fields import Fields


def split_sizes(num_samples: int, train_fraction: float) -> tuple[int, int]:
    """Samples for training and for validation without folds; at least one is left for each, and for the test."""
    num_train = min(max(round(train_fraction * num_samples), 1), num_samples - 2)
    return num_train, (num_samples - num_train + 1) // 2


def long_tail(available: Sequence[int], ratio: float) -> tuple[int, ...]:
    """Sizes of classes that shrink by a constant factor from the first to the last, which is `ratio` times smaller.

    n_c = n_0 ratio^(-c / (C - 1)), with the largest n_0 for which every class has samples enough.

    Args:
        available: of the C classes, in their order.

    Source: Cui et al., Class-balanced loss based on effective number of samples, 2019, arXiv:1901.05555.
    """
    shares = [ratio ** (-place / (len(available) - 1)) for place in range(len(available))]
    most = min(count / share for count, share in zip(available, shares, strict=True))
    return tuple(round(most * share) for share in shares)


def class_sizes(config: Fields) -> tuple[int, ...]:
    """How many samples of each class an imbalance leaves, before the split; () where it drops none."""
    dataset = DATASETS[config.dataset]
    if config.imbalance == 1 or not dataset.num_classes:
        return ()
    if dataset.class_counts:
        available = [count * config.num_samples // dataset.num_available for count in dataset.class_counts]
    else:
        available = [config.num_samples // dataset.num_classes] * dataset.num_classes
    return long_tail(available, config.imbalance)


def num_kept(config: Fields) -> int:
    """Samples before the split."""
    return sum(class_sizes(config)) or config.num_samples


def fold_size(num_samples: int, num_folds: int) -> int:
    """Samples of each fold; what is left over always trains."""
    return num_samples // num_folds


def has_folds(config: Fields) -> bool:
    return config.num_folds >= 2


def num_training_samples(config: Fields) -> int:
    """Size of the training split."""
    num_train, num_val = split_sizes(num_kept(config), config.train_fraction)
    if not has_folds(config):
        return num_train
    return num_train + num_val - fold_size(num_train + num_val, config.num_folds)


def num_validating_samples(config: Fields) -> int:
    """Samples that a validation score is measured on, those of all folds together."""
    num_train, num_val = split_sizes(num_kept(config), config.train_fraction)
    return fold_size(num_train + num_val, config.num_folds) * config.num_folds if has_folds(config) else num_val
