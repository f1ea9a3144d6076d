"""How Config fields hang together: defaults that follow a choice, combinations that are refused, fields without use."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from playground.catalog import (
    ACTIVATIONS,
    ARCHITECTURES,
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
from playground.catalog.schedules import usual_step_size
from playground.parsing import refusal
from playground.registry import Table

if TYPE_CHECKING:
    from playground.config import Config

LONGEST_RUN = 10_000  # epochs
MOST_FOLDS = 10
LARGEST_SEED = 2**31 - 1
DRIVERS = ("dataset", "optimizer", "schedule", "num_epochs")  # fields whose value decides defaults of others


def chosen_defaults(values: Mapping[str, Any], plain: Mapping[str, Any]) -> dict[str, Any]:
    """Default values that follow from the data set, the optimizer, the schedule and the number of epochs in `values`.

    Args:
        plain: the defaults that follow from nothing.
    """
    dataset = _row(DATASETS, values.get("dataset", plain["dataset"]))
    optimizer = _row(OPTIMIZERS, values.get("optimizer", plain["optimizer"]))
    defaults = {**optimizer.defaults, **dataset.defaults}
    if dataset.num_available:
        defaults["num_samples"] = dataset.num_available
    defaults["loss"] = next(name for name, loss in LOSSES.items() if dataset.task in loss.tasks)
    usual_epochs = defaults.get("num_epochs", plain["num_epochs"])
    try:
        num_epochs = int(float(values.get("num_epochs", usual_epochs)))
    except (ValueError, TypeError, OverflowError):
        num_epochs = usual_epochs  # the field's own check refuses what came
    schedule = _row(SCHEDULES, values.get("schedule", plain["schedule"])).name
    defaults["step_size"] = usual_step_size(schedule, min(max(num_epochs, 1), LONGEST_RUN))
    return defaults


def _row(table: Table[Any], name: object) -> Any:
    return table[name] if isinstance(name, str) and name in table else next(iter(table.values()))


def refuse_impossible(config: "Config") -> None:
    """Raises PydanticCustomError for the first combination that cannot train."""
    for name, sentence in _impossible(config):
        raise refusal(name, sentence)


def _impossible(config: "Config") -> Iterator[tuple[str, str]]:
    dataset = DATASETS[config.dataset]
    if dataset.task not in LOSSES[config.loss].tasks:
        fitting = [name for name, loss in LOSSES.items() if dataset.task in loss.tasks]
        yield "loss", f"{config.loss} needs classes, but {config.dataset} is regression. Use {' or '.join(fitting)}."
    if _is_conv(config) and dataset.kind != IMAGE:
        yield "architecture", f"{config.architecture} needs image data, but {config.dataset} has none. Use digits."
    if _is_conv(config) and not config.conv_channels:
        yield "conv_channels", f"{config.architecture} needs at least one convolution. Use 16,32, or dense."
    if dataset.num_available and config.num_samples > dataset.num_available:
        yield "num_samples", f"{config.dataset} has {dataset.num_available} samples, but {config.num_samples} came."
    if dataset.kind == PLANE and not config.features:
        yield "features", "the network needs at least one input. Choose x1 or another."
    if has_folds(config) and config.fold >= config.num_folds:
        yield "fold", f"must be below the number of folds, {config.num_folds}, but {config.fold} came."
    yield from _impossible_reduction(config)
    yield from _impossible_normalization(config)
    if config.momentum == 0 and OPTIMIZERS[config.optimizer].needs_momentum:
        yield "momentum", f"{config.optimizer} needs momentum above 0, but 0 came. Use 0.9, or another optimizer."
    if "min_lr" in SCHEDULES[config.schedule].uses and config.min_lr > config.learning_rate:
        yield "min_lr", f"must not be above the learning rate {config.learning_rate:g}, but {config.min_lr:g} came."
    if SCHEDULES[config.schedule].factor is None and config.gamma == 1:
        yield "gamma", f"{config.schedule} needs gamma below 1, but 1 came. Use 0.1, or another schedule."
    if config.seed + config.num_seeds - 1 > LARGEST_SEED:
        yield "seed", f"the last of {config.num_seeds} runs must have a seed of at most {LARGEST_SEED}."


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


def _impossible_reduction(config: "Config") -> Iterator[tuple[str, str]]:
    if not PREPROCESSING[config.preprocessing].reduces:
        return
    if _is_conv(config):
        yield "preprocessing", f"{config.preprocessing} leaves no image for {config.architecture}. Use center or none."
    num_inputs = DATASETS[config.dataset].num_inputs or len(config.features)
    num_train = num_training_samples(config)
    if config.num_components > min(num_inputs, num_train):
        yield (
            "num_components",
            f"must be at most the number of inputs, {num_inputs}, and of training samples, {num_train}, "
            f"but {config.num_components} came.",
        )


def _impossible_normalization(config: "Config") -> Iterator[tuple[str, str]]:
    normalization = NORMALIZATIONS[config.normalization]
    if not normalization.target:
        return
    if normalization.mixes_samples and config.batch_size == 1:
        yield "batch_size", "batch normalization needs at least 2 samples in a batch, but 1 came."
    widths = [size * ACTIVATIONS[config.activation].pieces for size in config.hidden_sizes]
    if not normalization.mixes_samples and 1 in widths:
        yield "hidden_sizes", f"{config.normalization} normalization needs at least 2 units in a layer, but 1 came."
    channels = config.conv_channels if _is_conv(config) and normalization.splits_channels else ()
    for field, width, smallest in (
        *(("hidden_sizes", width, 2) for width in widths if normalization.splits_units),
        *(("conv_channels", width, 1) for width in channels),
    ):
        if width % config.num_groups or width // config.num_groups < smallest:
            name = "num_groups" if "num_groups" in config.model_fields_set else field
            yield (
                name,
                f"the number of groups must divide every width and leave at least 2 units in a group, "
                f"but {config.num_groups} came for a layer of {width}.",
            )


def _is_conv(config: "Config") -> bool:
    return ARCHITECTURES[config.architecture].needs_images


def unused_fields(config: "Config") -> dict[str, str]:
    """Fields that the other choices leave without effect, each with the reason."""
    dataset = DATASETS[config.dataset]
    is_conv, has_dense = _is_conv(config), bool(config.hidden_sizes)
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
    for name in ("step_size", "milestones", "gamma", "min_lr", "schedule_points"):
        reasons[name] = "" if name in schedule.uses else f"The schedule {schedule.label.lower()} does not use it."
    if config.milestones and "milestones" in schedule.uses:
        reasons["step_size"] = "The milestones say when the rate drops."
    return {name: reason for name, reason in reasons.items() if reason}
