"""plan_chunks: which of many Configs are trained together."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import torch

from playground.catalog import ARCHITECTURES, DATASETS
from playground.config import Config
from playground.nn.build import build_network
from playground.train.gpu_driver import ASKED_FOR
from playground.train.stacked.stackable import shape_key, why_alone

LEAST_NETWORKS = 4  # fewer take about as long together as one after the other
MOST_NETWORKS = 32  # more gain little, and two workers share sixty-four
MOST_ON_GPU = 256  # which has cores enough that a step of so many takes about as long as one of a few
MOST_WEIGHTS = 30_000  # of one network; the optimizer's walk through more takes longer than all calls of torch
MOST_WORK = 600_000  # multiplications of one network forward in a step; more take longer than the calls, too


@dataclass(frozen=True)
class Chunk:
    """Configs to train in one go.

    Args:
        numbers: their places in the list that was planned; with several networks each, all of these.
        is_stacked: whether as one stacked network, or one after another.
        reason: why not stacked, naming the field; "" where they are, and where there are too few.
    """

    numbers: tuple[int, ...]
    is_stacked: bool
    reason: str = ""


def plan_chunks(configs: Sequence[Config], each: int = 1) -> list[Chunk]:
    """Chunks that hold every Config once: stacks of one shape, as equal in size as can be, and single ones.

    Plan all Configs of a search at once, and let any worker train any chunk: chunks follow from the list alone, so that
    the same list gives the same results, to the last bit on one kind of machine.

    Args:
        each: networks that every Config stands for, such as folds; they stay together.
    """
    groups: dict[tuple[object, ...], list[int]] = {}
    for number, config in enumerate(configs):
        groups.setdefault((why_alone(config), *shape_key(config)), []).append(number)
    chunks = []
    for (reason, *_), numbers in groups.items():
        is_worthwhile = each * len(numbers) >= LEAST_NETWORKS
        reason = reason or (too_large(configs[numbers[0]]) if is_worthwhile else "")
        if reason or not is_worthwhile:
            chunks += [Chunk((number,), False, reason) for number in numbers]
        else:
            chunks += [Chunk(tuple(part), True) for part in _parts(numbers, most_networks(configs[numbers[0]]) // each)]
    return chunks


def most_networks(config: Config) -> int:
    """Networks that one stack may have.

    The device "auto" counts as the processor: parts of one search may run on machines with a GPU and without, and all
    of them have to plan the same chunks.
    """
    return MOST_ON_GPU if config.device == ASKED_FOR else MOST_NETWORKS


def too_large(config: Config) -> str:
    """Why a stack of such networks would gain nothing, naming the field; "" where it would gain."""
    shapes = _weight_shapes(config)
    num_weights = sum(shape.numel() for shape in shapes)
    height, width = DATASETS[config.dataset].image_shape or (1, 1)
    # A convolution's weight (O, C, height, width) works at every position; pooling makes these fewer.
    work = config.batch_size * sum(shape.numel() * (height * width if len(shape) == 4 else 1) for shape in shapes)
    if num_weights <= MOST_WEIGHTS and work <= MOST_WORK:
        return ""
    field = "conv_channels" if ARCHITECTURES[config.architecture].needs_images else "hidden_sizes"
    return (
        f"{field}: networks of {num_weights:,} weights in batches of {config.batch_size} "
        "are large enough to take as long together as one after the other."
    )


def _weight_shapes(config: Config) -> list[torch.Size]:
    dataset = DATASETS[config.dataset]
    num_inputs = config.num_components or dataset.num_inputs or len(config.features)
    network = build_network(config, num_inputs, dataset.num_classes or 1)
    return [weight.shape for layer in network.layers for weight in layer.weights]


def _parts(numbers: list[int], most: int) -> list[list[int]]:
    """The numbers in the fewest parts, of nearly equal size."""
    count = -(-len(numbers) // most)
    starts = [part * len(numbers) // count for part in range(count + 1)]
    return [numbers[start:end] for start, end in pairwise(starts)]
