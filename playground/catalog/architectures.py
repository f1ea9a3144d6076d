"""Architectures, and the pooling of the convolutional one."""

from collections.abc import Callable
from dataclasses import dataclass

from playground.registry import Row, Table

KERNEL = 3  # pixels, side of every convolution
FRACTION = 0.7  # of its side that fractional max pooling keeps


@dataclass(frozen=True, kw_only=True)
class Architecture(Row):
    """One architecture.

    Args:
        needs_images: whether only image data fits.
    """

    needs_images: bool = False


@dataclass(frozen=True, kw_only=True)
class Pooling(Row):
    """One way to halve an image, roughly.

    Args:
        side_after: height or width that is left of one.
        is_random: whether it draws its regions anew for each batch.
    """

    side_after: Callable[[int], int]
    is_random: bool = False


def half(side: int) -> int:
    """Rounded up, so that nothing is left out."""
    return -(-side // 2)


def fraction(side: int) -> int:
    return max(int(side * FRACTION), 1)


ARCHITECTURES = Table(
    "architectures",
    "Architecture",
    "How the layers are wired.",
    (
        Architecture(
            name="dense",
            label="Fully connected",
            formula=r"h_l = f(W_l h_{l-1} + b_l)",
            about="Every unit sees every unit of the layer before.",
            source="CS231n notes, Neural networks part 1",
        ),
        Architecture(
            name="conv",
            label="Convolutional",
            formula=r"h_l = \text{pool}(f(W_l * h_{l-1} + b_l))",
            about="3 x 3 convolutions and pooling over the image, then fully connected layers.",
            source="CS231n notes, Convolutional neural networks",
            needs_images=True,
        ),
    ),
)

POOLINGS = Table(
    "poolings",
    "Pooling",
    "How each convolution's output is made smaller.",
    (
        Pooling(
            name="max",
            label="Max",
            formula=r"\max \text{ over } 2 \times 2",
            about="Keeps the largest of each 2 x 2 block.",
            source="CS231n notes, Convolutional neural networks",
            target="playground.nn.pooling.max_pool",
            side_after=half,
        ),
        Pooling(
            name="average",
            label="Average",
            formula=r"\text{mean over } 2 \times 2",
            about="Averages each 2 x 2 block.",
            source="CS231n notes, Convolutional neural networks",
            target="playground.nn.pooling.average_pool",
            side_after=half,
        ),
        Pooling(
            name="fractional_max",
            label="Fractional max",
            formula=r"\max \text{ over random regions, size} \times 0.7",
            about="Keeps the largest of randomly placed regions, so the image shrinks by 0.7 instead of 0.5.",
            source="Graham, Fractional max-pooling, 2014, arXiv:1412.6071",
            target="playground.nn.pooling.fractional_max_pool",
            side_after=fraction,
            is_random=True,
        ),
    ),
)
