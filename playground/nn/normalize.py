"""Normalization modules for a layer: `size` units, or `size` channels of an image.

Each function takes (size, image, num_groups), where image is the (height, width) of the channels, or None.
"""

from torch import nn

from playground.nn.layers import UnitsAsChannels

Image = tuple[int, int] | None


def batch_norm(size: int, image: Image, num_groups: int) -> nn.Module:
    """Statistics of each unit or channel over the batch (and positions)."""
    return nn.BatchNorm1d(size) if image is None else nn.BatchNorm2d(size)


def layer_norm(size: int, image: Image, num_groups: int) -> nn.Module:
    """Statistics of each sample over all units, or over all channels and positions."""
    return nn.LayerNorm([size] if image is None else [size, *image])


def group_norm(size: int, image: Image, num_groups: int) -> nn.Module:
    """Statistics of each sample over each of num_groups groups of units or channels."""
    return nn.GroupNorm(num_groups, size)


def instance_norm(size: int, image: Image, num_groups: int) -> nn.Module:
    """Statistics of each sample and channel over its positions; units are split into num_groups channels first."""
    if image is not None:
        return nn.InstanceNorm2d(size, affine=True)
    return UnitsAsChannels(nn.InstanceNorm1d(num_groups, affine=True), num_groups)
