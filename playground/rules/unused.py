"""Fields that the other choices leave without effect."""

from playground.catalog import (
    ACTIVATIONS,
    DATASETS,
    INITIALIZERS,
    LOSSES,
    NORMALIZATIONS,
    OPTIMIZERS,
    PREPROCESSING,
    SCHEDULES,
)
from playground.catalog.datasets import IMAGE, PLANE
from playground.catalog.losses import REGRESSION
from playground.fields import Fields
from playground.rules.refused import needs_images
from playground.rules.sizes import has_folds


def unused_fields(config: Fields) -> dict[str, str]:
    """Fields that the other choices leave without effect, each with the reason."""
    dataset = DATASETS[config.dataset]
    is_conv, has_dense = needs_images(config), bool(config.hidden_sizes)
    has_blocks = any(a == b for a, b in zip(config.hidden_sizes, config.hidden_sizes[1:], strict=False))
    optimizer, schedule = OPTIMIZERS[config.optimizer], SCHEDULES[config.schedule]
    normalization, activation = NORMALIZATIONS[config.normalization], ACTIVATIONS[config.activation]
    starts_at_zero = INITIALIZERS[config.initializer].is_zero
    groups = (normalization.splits_units and has_dense) or (normalization.splits_channels and is_conv)
    layer_less = "" if has_dense or is_conv else "A network without hidden layers has none."
    dense_less = "" if has_dense else "Only fully connected hidden layers have it, and there are none."
    block_less = "" if has_blocks and config.residual else "Needs residual connections."
    reasons = {
        "noise": "" if dataset.kind == PLANE else "Only made points in the plane take noise.",
        "features": "" if dataset.kind == PLANE else "Only points in the plane have these inputs.",
        "fold": "" if has_folds(config) else "There is one split; two folds or more take turns.",
        "label_noise": "Regression has no labels." if dataset.task == REGRESSION else "",
        "imbalance": "Regression has no classes." if dataset.task == REGRESSION else "",
        "test_shift": "" if dataset.kind == IMAGE else "Only images can be moved.",
        "num_components": "" if PREPROCESSING[config.preprocessing].reduces else "Only PCA and whitening use it.",
        "augmentation": "" if dataset.kind == IMAGE else "Only image data can be augmented.",
        "augmentation_strength": "" if dataset.kind == IMAGE and config.augmentation else "No augmentation is chosen.",
        "conv_channels": "" if is_conv else "Only the convolutional architecture has channels.",
        "pooling": "" if is_conv else "Only the convolutional architecture pools.",
        "activation": layer_less,
        "negative_slope": layer_less or ("" if activation.sloped else "Only leaky ReLU has it."),
        "init_scale": "Zero times anything is zero." if starts_at_zero else "",
        "normalization": layer_less,
        "num_groups": "" if groups else "Only group and instance normalization use it, where they split a layer.",
        "norm_noise": layer_less
        or ("" if normalization.mixes_samples else "It comes after batch normalization alone."),
        "residual": "" if has_blocks else "Needs two neighbouring hidden layers of equal width.",
        "zero_init_residual": block_less or ("All weights start at 0 anyway." if starts_at_zero else ""),
        "stochastic_depth": block_less,
        "dropout": dense_less,
        "dropconnect": dense_less,
        "momentum": "" if "momentum" in optimizer.uses else f"{optimizer.label} has no momentum.",
        "beta2": "" if "beta2" in optimizer.uses else f"{optimizer.label} has no beta2.",
        "epsilon": "" if "epsilon" in optimizer.uses else f"{optimizer.label} has no epsilon.",
        "label_smoothing": "" if LOSSES[config.loss].smooths_labels else "Only cross-entropy smooths labels.",
    }
    reasons["class_weights"] = reasons["imbalance"]
    for name in ("step_size", "milestones", "gamma", "min_lr", "schedule_points"):
        reasons[name] = "" if name in schedule.uses else f"The schedule {schedule.label.lower()} does not use it."
    if config.milestones and "milestones" in schedule.uses:
        reasons["step_size"] = "The milestones say when the rate drops."
    return {name: reason for name, reason in reasons.items() if reason}
