"""Layers that torch.nn does not have."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class Maxout(nn.Module):
    """Largest of `pieces` neighbouring units: (N, H * pieces) -> (N, H), or channels of (N, C * pieces, H, W).

    Source: Goodfellow et al., Maxout networks, 2013, arXiv:1302.4389.
    """

    def __init__(self, pieces: int = 2):
        super().__init__()
        self.pieces = pieces

    def forward(self, z: Tensor) -> Tensor:
        return z.unflatten(1, (-1, self.pieces)).amax(2)


class DropConnectLinear(nn.Linear):
    """Linear layer whose weights are dropped with probability p in training and scaled by 1 / (1 - p).

    In evaluation the whole weights act, the mean over all masks.

    Source: Wan et al., Regularization of neural networks using DropConnect, 2013.
    """

    def __init__(self, in_features: int, out_features: int, *, p: float, bias: bool = True):
        super().__init__(in_features, out_features, bias=bias)
        self.p = p

    def forward(self, x: Tensor) -> Tensor:
        return F.linear(x, F.dropout(self.weight, self.p, self.training), self.bias)


class NormNoise(nn.Module):
    """Adds `scale` times noise in training, whose mean and spread each unit or channel draws anew in each step.

    Placed behind a normalization it undoes that the inputs of the next layer keep their distribution.

    Source: Santurkar et al., How does batch normalization help optimization?, 2018, arXiv:1805.11604.
    """

    def __init__(self, scale: float):
        super().__init__()
        self.scale = scale

    def forward(self, x: Tensor) -> Tensor:
        return x + self.scale * drifting_noise(x.shape, device=x.device) if self.training else x


def drifting_noise(shape: Sequence[int], **drawing: Any) -> Tensor:
    """(N, C, ...) m + s e, with m ~ U(-1, 1) and s ~ U(1, 1.25) for each of C units or channels, and e ~ N(0, 1).

    Args:
        drawing: device and generator, as torch.rand takes them.
    """
    units = (shape[1], *(1,) * (len(shape) - 2))
    mean = 2 * torch.rand(units, **drawing) - 1
    spread = 1 + torch.rand(units, **drawing) / 4
    return spread * torch.randn(shape, **drawing) + mean


class ResidualBlock(nn.Module):
    """x + branch(x), the branch skipped for a whole batch with probability `skip` in training.

    In evaluation the branch always acts, scaled by 1 - skip.

    Source: He et al., Deep residual learning, 2015, arXiv:1512.03385; Huang et al., Deep networks with stochastic
    depth, 2016, arXiv:1603.09382.
    """

    def __init__(self, branch: nn.Sequential, *, skip: float = 0.0):
        super().__init__()
        self.branch = branch
        self.skip = skip

    def forward(self, x: Tensor) -> Tensor:
        if not self.skip:
            return x + self.branch(x)
        if not self.training:
            return x + (1 - self.skip) * self.branch(x)
        return x if torch.rand(()).item() < self.skip else x + self.branch(x)


class UnitsAsChannels(nn.Module):
    """Splits units into channels for a normalization of channels: (N, H) -> (N, C, H / C) -> norm -> (N, H)."""

    def __init__(self, norm: nn.Module, num_channels: int):
        super().__init__()
        self.norm = norm
        self.num_channels = num_channels

    def forward(self, z: Tensor) -> Tensor:
        return self.norm(z.unflatten(1, (self.num_channels, -1))).flatten(1)
