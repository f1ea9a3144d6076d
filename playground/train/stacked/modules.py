"""Stacked forms of the modules that have parameters: one call serves K networks.

Each takes the ordinary module whose place it fills. Its parameters, with K in front of their shapes, are set from
outside. Signals are (K * B, ...), the samples of one network after those of another.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from playground.nn.fresh_statistics import mean_and_variance
from playground.nn.layers import DropConnectLinear, NormNoise
from playground.train.stacked.masks import MaskedModule, StackedAlphaDropout, StackedDropout, StackedNormNoise


class StackedLinear(nn.Module):
    """weight (K, H, D), bias (K, H) or None: (K * B, D) or (K, B, D) -> (K * B, H)."""

    def __init__(self, ordinary: nn.Linear):
        super().__init__()
        self.weight: Tensor | None = None
        self.bias: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        return _linear(x, self.weight, self.bias)


class StackedDropConnect(MaskedModule):
    """A linear module whose weights are dropped in training, by each network's own mask."""

    def __init__(self, ordinary: DropConnectLinear):
        super().__init__(ordinary)
        self.weight: Tensor | None = None
        self.bias: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        if not self.is_active:
            return _linear(x, self.weight, self.bias)
        return _linear(x, self.weight * self.kept(self.weight.shape), self.bias)


def _linear(x: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
    x = x.reshape(len(weight), -1, weight.shape[2])
    if bias is None:
        return torch.bmm(x, weight.mT).flatten(0, 1)
    return torch.baddbmm(bias.unsqueeze(1), x, weight.mT).flatten(0, 1)


class StackedConv2d(nn.Module):
    """weight (K, O, C, height, width), bias (K, O) or None: one convolution with K groups of channels."""

    def __init__(self, ordinary: nn.Conv2d):
        super().__init__()
        self.padding = ordinary.padding
        self.weight: Tensor | None = None
        self.bias: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        bias = None if self.bias is None else self.bias.flatten()
        num_networks = len(self.weight)
        z = F.conv2d(
            _as_channels(x, num_networks), self.weight.flatten(0, 1), bias, padding=self.padding, groups=num_networks
        )
        return _as_samples(z, num_networks)


def _as_channels(x: Tensor, num_networks: int) -> Tensor:
    """(K * B, C, ...) -> (B, K * C, ...)."""
    return x.unflatten(0, (num_networks, -1)).transpose(0, 1).flatten(1, 2)


def _as_samples(x: Tensor, num_networks: int) -> Tensor:
    """(B, K * C, ...) -> (K * B, C, ...)."""
    return x.unflatten(1, (num_networks, -1)).transpose(0, 1).flatten(0, 1)


class _Affine(nn.Module):
    """What normalizations share: gains and offsets (K, ...) behind the statistics."""

    def __init__(self, ordinary: nn.Module):
        super().__init__()
        self.eps = ordinary.eps
        self.weight: Tensor | None = None
        self.bias: Tensor | None = None

    def scaled(self, x: Tensor) -> Tensor:
        """(K * B, C, ...) or (K * B, *shape of the gains), times the gains, plus the offsets."""
        x = x.unflatten(0, (len(self.weight), -1))
        trailing = (1,) * (x.dim() - self.weight.dim() - 1)
        weight, bias = (values.unsqueeze(1).unflatten(-1, (-1, *trailing)) for values in (self.weight, self.bias))
        return torch.addcmul(bias, x, weight).flatten(0, 1)


class StackedBatchNorm(_Affine):
    """Statistics of each network's units or channels: of its own batch in training, of what was measured in evaluation.

    Attributes:
        mean, variance: (K * C,), as last measured. There are no running averages: no evaluation reads them.
        seen: what is measured while a list: number, mean (K * C,) and variance of each block that passes unchanged.
    """

    def __init__(self, ordinary: nn.modules.batchnorm._BatchNorm):
        super().__init__(ordinary)
        self.mean: Tensor | None = None
        self.variance: Tensor | None = None
        self.seen: list[tuple[int, Tensor, Tensor]] | None = None

    def forward(self, x: Tensor) -> Tensor:
        z = _as_channels(x, len(self.weight))
        if self.seen is not None:
            self.seen.append((z.numel() // z.shape[1], *mean_and_variance(z)))
            return x
        mean, variance = (None, None) if self.training else (self.mean, self.variance)
        weight, bias = self.weight.flatten(), self.bias.flatten()
        z = F.batch_norm(z, mean, variance, weight, bias, self.training, eps=self.eps)
        return _as_samples(z, len(self.weight))

    def take(self) -> None:
        """Make mean and variance those of all blocks seen.

        Source: Chan et al., Algorithms for computing the sample variance, 1983.
        """
        numbers, means, variances = zip(*self.seen, strict=True)
        shares = [number / sum(numbers) for number in numbers]
        self.seen = None
        self.mean = sum(share * mean for share, mean in zip(shares, means, strict=True))
        spreads = (variance + (mean - self.mean).square() for mean, variance in zip(means, variances, strict=True))
        self.variance = sum(share * spread for share, spread in zip(shares, spreads, strict=True))

    def state_of(self, row: int) -> dict[str, Tensor]:
        """What was measured of one network, by the names that it has in an ordinary module."""
        values = {"running_mean": self.mean, "running_var": self.variance}
        return {name: value.view(len(self.weight), -1)[row].clone() for name, value in values.items()}


class StackedLayerNorm(_Affine):
    """Statistics of each sample."""

    def __init__(self, ordinary: nn.LayerNorm):
        super().__init__(ordinary)
        self.shape = ordinary.normalized_shape

    def forward(self, x: Tensor) -> Tensor:
        return self.scaled(F.layer_norm(x, self.shape, eps=self.eps))


class StackedGroupNorm(_Affine):
    """Statistics of each group of units or channels of each sample."""

    def __init__(self, ordinary: nn.GroupNorm):
        super().__init__(ordinary)
        self.num_groups = ordinary.num_groups

    def forward(self, x: Tensor) -> Tensor:
        return self.scaled(F.group_norm(x, self.num_groups, eps=self.eps))


class StackedInstanceNorm(_Affine):
    """Statistics of each channel of each sample."""

    def forward(self, x: Tensor) -> Tensor:
        return self.scaled(F.instance_norm(x, eps=self.eps))


class StackedPReLU(nn.Module):
    """weight (K, 1): each network's own slope below zero."""

    def __init__(self, ordinary: nn.PReLU):
        super().__init__()
        self.weight: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        return F.prelu(x.reshape(1, len(self.weight), -1), self.weight.flatten()).view(x.shape)


STACKED = {
    nn.Linear: StackedLinear,
    DropConnectLinear: StackedDropConnect,
    nn.Conv2d: StackedConv2d,
    nn.BatchNorm1d: StackedBatchNorm,
    nn.BatchNorm2d: StackedBatchNorm,
    nn.LayerNorm: StackedLayerNorm,
    nn.GroupNorm: StackedGroupNorm,
    nn.InstanceNorm1d: StackedInstanceNorm,
    nn.InstanceNorm2d: StackedInstanceNorm,
    nn.PReLU: StackedPReLU,
    NormNoise: StackedNormNoise,
    nn.Dropout: StackedDropout,
    nn.AlphaDropout: StackedAlphaDropout,
}


def without_stacked_form(network: nn.Module) -> nn.Module | None:
    """A module with parameters of its own and no stacked form; None where all can be stacked."""
    modules = (module for module in network.modules() if type(module) not in STACKED)
    return next((module for module in modules if any(True for _ in module.parameters(recurse=False))), None)
