"""Pooling modules for images of (height, width), each with the size of what comes out."""

from torch import nn

Pooled = tuple[nn.Module, tuple[int, int]]
FRACTION = 0.7


def max_pool(height: int, width: int) -> Pooled:
    return nn.MaxPool2d(2, ceil_mode=True), (-(-height // 2), -(-width // 2))


def average_pool(height: int, width: int) -> Pooled:
    return nn.AvgPool2d(2, ceil_mode=True), (-(-height // 2), -(-width // 2))


def fractional_max_pool(height: int, width: int) -> Pooled:
    """Random regions of 2 x 2, drawn anew for each batch, in evaluation too."""
    size = (max(int(height * FRACTION), 1), max(int(width * FRACTION), 1))
    return nn.FractionalMaxPool2d(2, output_size=size), size
