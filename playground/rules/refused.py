"""Combinations of choices that cannot train."""

from collections.abc import Iterator

from playground.catalog import (
    ACTIVATIONS,
    ARCHITECTURES,
    DATASETS,
    LOSSES,
    NORMALIZATIONS,
    OPTIMIZERS,
    PREPROCESSING,
    SCHEDULES,
)
from playground.catalog.datasets import IMAGE, PLANE
from playground.fields import FEWEST_SAMPLES, LARGEST_SEED, Fields
from playground.parsing import refusal
from playground.rules.sizes import class_sizes, has_folds, num_training_samples

FEWEST_OF_A_CLASS = 2


def refuse_impossible(config: Fields) -> None:
    """Raises PydanticCustomError for the first combination that cannot train."""
    for name, sentence in _impossible(config):
        raise refusal(name, sentence)


def _impossible(config: Fields) -> Iterator[tuple[str, str]]:
    dataset = DATASETS[config.dataset]
    if dataset.task not in LOSSES[config.loss].tasks:
        fitting = [name for name, loss in LOSSES.items() if dataset.task in loss.tasks]
        yield "loss", f"{config.loss} needs classes, but {config.dataset} is regression. Use {' or '.join(fitting)}."
    if needs_images(config) and dataset.kind != IMAGE:
        yield "architecture", f"{config.architecture} needs image data, but {config.dataset} has none. Use digits."
    if needs_images(config) and not config.conv_channels:
        yield "conv_channels", f"{config.architecture} needs at least one convolution. Use 16,32, or dense."
    if dataset.num_available and config.num_samples > dataset.num_available:
        yield "num_samples", f"{config.dataset} has {dataset.num_available} samples, but {config.num_samples} came."
    yield from _impossible_imbalance(config)
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


def _impossible_imbalance(config: Fields) -> Iterator[tuple[str, str]]:
    sizes = class_sizes(config)
    if sizes and (min(sizes) < FEWEST_OF_A_CLASS or sum(sizes) < FEWEST_SAMPLES):
        yield (
            "imbalance",
            f"must leave at least {FEWEST_OF_A_CLASS} samples of every class and {FEWEST_SAMPLES} in all, but "
            f"{config.imbalance:g} leaves {min(sizes)} and {sum(sizes)}. Use a smaller one, or more samples.",
        )


def _impossible_reduction(config: Fields) -> Iterator[tuple[str, str]]:
    if not PREPROCESSING[config.preprocessing].reduces:
        return
    if needs_images(config):
        yield "preprocessing", f"{config.preprocessing} leaves no image for {config.architecture}. Use center or none."
    num_inputs = DATASETS[config.dataset].num_inputs or len(config.features)
    num_train = num_training_samples(config)
    if config.num_components > min(num_inputs, num_train):
        yield (
            "num_components",
            f"must be at most the number of inputs, {num_inputs}, and of training samples, {num_train}, "
            f"but {config.num_components} came.",
        )


def _impossible_normalization(config: Fields) -> Iterator[tuple[str, str]]:
    normalization = NORMALIZATIONS[config.normalization]
    if not normalization.target:
        return
    if normalization.mixes_samples and config.batch_size == 1:
        yield "batch_size", "batch normalization needs at least 2 samples in a batch, but 1 came."
    widths = [size * ACTIVATIONS[config.activation].pieces for size in config.hidden_sizes]
    if not normalization.mixes_samples and 1 in widths:
        yield "hidden_sizes", f"{config.normalization} normalization needs at least 2 units in a layer, but 1 came."
    channels = config.conv_channels if needs_images(config) and normalization.splits_channels else ()
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


def needs_images(config: Fields) -> bool:
    return ARCHITECTURES[config.architecture].needs_images
