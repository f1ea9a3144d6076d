"""How large a network is, told from its Config alone, without building it."""

import math

from playground.catalog import ACTIVATIONS, ARCHITECTURES, DATASETS, NORMALIZATIONS, POOLINGS, PREPROCESSING
from playground.catalog.architectures import KERNEL
from playground.catalog.datasets import PLANE
from playground.config import Config


def num_layers(config: Config) -> int:
    """Hidden layers, convolutions included."""
    return len(config.hidden_sizes) + len(_channels(config))


def num_parameters(config: Config) -> int:
    """Weights, biases and whatever else one network learns.

    Where PCA or whitening has fewer samples than inputs it keeps fewer, and the network is smaller than said here.
    """
    width, total = _convolutions(config)
    for index, size in enumerate(config.hidden_sizes):
        total += _layer(config, width, size)
        if config.residual and index > 0 and size == width:
            total += size * size + size  # the second map of a residual block
        width = size
    num_outputs = DATASETS[config.dataset].num_classes or 1
    return total + width * num_outputs + num_outputs


def _channels(config: Config) -> tuple[int, ...]:
    return config.conv_channels if ARCHITECTURES[config.architecture].needs_images else ()


def _convolutions(config: Config) -> tuple[int, int]:
    """Width of what comes out of the convolutions, or of the inputs, and the parameters so far."""
    if not _channels(config):
        return _num_inputs(config), 0
    sides, channels, total = DATASETS[config.dataset].image_shape or (0, 0), 1, 0
    for size in _channels(config):
        total += _layer(config, channels * KERNEL**2, size, sides)
        sides = tuple(map(POOLINGS[config.pooling].side_after, sides))
        channels = size
    return channels * sides[0] * sides[1], total


def _num_inputs(config: Config) -> int:
    dataset = DATASETS[config.dataset]
    num_inputs = len(config.features) if dataset.kind == PLANE else dataset.num_inputs
    keeps_some = PREPROCESSING[config.preprocessing].reduces and config.num_components
    return config.num_components if keeps_some else num_inputs


def _layer(config: Config, fan_in: int, size: int, sides: tuple[int, ...] = ()) -> int:
    """Parameters of one affine map, what normalizes it and its activation.

    Args:
        sides: of the image whose channels are meant; none for units.
    """
    activation, normalization = ACTIVATIONS[config.activation], NORMALIZATIONS[config.normalization]
    pieces = size * activation.pieces
    weights = fan_in * pieces + (0 if normalization.replaces_bias else pieces)
    return weights + 2 * _num_scales(config, pieces, sides) + bool(activation.learned)


def _num_scales(config: Config, size: int, sides: tuple[int, ...]) -> int:
    """How many scales, and as many shifts, a normalization learns: where it takes units apart, one for each part."""
    row = NORMALIZATIONS[config.normalization]
    if not row.target:
        return 0
    if row.splits_units and not row.splits_channels and not sides:
        return config.num_groups
    return size if row.mixes_samples or row.splits_units else size * math.prod(sides)
