"""Pooling modules for images; each is given the (height, width) that its row says is left."""

from torch import nn

Size = tuple[int, int]


def max_pool(size: Size) -> nn.Module:
    return nn.MaxPool2d(2, ceil_mode=True)


def average_pool(size: Size) -> nn.Module:
    return nn.AvgPool2d(2, ceil_mode=True)


def fractional_max_pool(size: Size) -> nn.Module:
    """Random regions of 2 x 2, drawn anew for each batch, in evaluation too."""
    return nn.FractionalMaxPool2d(2, output_size=size)
