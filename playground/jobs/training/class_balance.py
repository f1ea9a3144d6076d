"""What accuracy says where each class counts the same, in a sentence."""

import math
from collections.abc import Mapping

from playground.config import Config


def is_told(config: Config) -> bool:
    """Whether classes are made unequal, so that one accuracy for all samples says little."""
    return config.is_classification and (config.imbalance > 1 or config.class_weights)


def balance_sentence(accuracies: Mapping[str, float | None], split: str) -> str:
    """Balanced accuracy, the mean over the classes, and the class with the lowest; "" where nothing is known.

    Args:
        accuracies: class name -> share of its samples that are right; None or NaN: it has none.
    """
    known = {name: share for name, share in accuracies.items() if share is not None and math.isfinite(share)}
    if not known:
        return ""
    lowest = min(known, key=known.__getitem__)
    mean = sum(known.values()) / len(known)
    return (
        f"Balanced {split} accuracy, where each class counts the same: {mean:.1%}; "
        f"lowest: {known[lowest]:.1%} of class {lowest}."
    )
