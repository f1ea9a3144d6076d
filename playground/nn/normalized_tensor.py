"""One tensor (N, C, height, width) before and after a normalization, and which of its cells share a mean."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from playground.catalog.normalizations import NORMALIZATIONS
from playground.nn.normalize import group_norm, instance_norm, layer_norm
from playground.registry import resolve
from playground.seeds import numpy_generator

Cell = tuple[int, int, int, int]  # sample, channel, row, column


def example_tensor(shape: Cell, seed: int) -> Tensor:
    """Skewed values, float64, whose mean and spread differ from channel to channel and from sample to sample."""
    rng = numpy_generator(seed, "data")
    num_samples, num_channels, *_ = shape
    centre = rng.normal(0.0, 1.5, (num_channels, 1, 1)) + rng.normal(0.0, 0.5, (num_samples, 1, 1, 1))
    spread = rng.uniform(0.5, 2.0, (num_channels, 1, 1))
    return torch.from_numpy(centre + spread * rng.exponential(1.0, shape))


def sharing_sets(name: str, shape: Cell, num_groups: int) -> np.ndarray:
    """(N, C): number of the set to which all positions of a sample's channel belong; a set shares one mean."""
    row = NORMALIZATIONS[name]
    num_samples, num_channels, *_ = shape
    parts = row.num_parts(num_channels, num_groups)
    part = np.arange(num_channels) * parts // num_channels
    sample = np.zeros(num_samples, dtype=int) if row.mixes_samples else np.arange(num_samples)
    return sample[:, None] * parts + part


@dataclass(frozen=True)
class Moments:
    """Standard deviation with ddof 0; skew and kurtosis do not change when values are moved and stretched.

    A Gaussian has skew 0 and kurtosis 3.
    """

    mean: float
    std: float
    skew: float
    kurtosis: float


def moments(values: Tensor) -> Moments:
    """Of all values; skew and kurtosis are the averages of the third and fourth power of the standard scores."""
    mean, std = values.mean(), values.std(correction=0)
    scores = (values - mean) / std
    return Moments(*(value.item() for value in (mean, std, (scores**3).mean(), (scores**4).mean())))


class Normalization:
    """The module of one row over images of this shape, in float64 and training mode."""

    def __init__(self, name: str, shape: Cell, num_groups: int):
        _, num_channels, *image = shape
        self.module = resolve(NORMALIZATIONS[name].target)(num_channels, tuple(image), num_groups).double().train()
        self._sets = torch.from_numpy(sharing_sets(name, shape, num_groups))[:, :, None, None].expand(shape)

    @property
    def epsilon(self) -> float:
        return self.module.eps

    def affine_at(self, cell: Cell) -> tuple[float, float]:
        """Gain and shift that act on this cell."""
        index = cell[1] if self.module.weight.dim() == 1 else cell[1:]
        return self.module.weight[index].item(), self.module.bias[index].item()

    @torch.no_grad()
    def __call__(self, x: Tensor) -> Tensor:
        return self.module(x)

    @torch.no_grad()
    def scale_by(self, gain: float, shift: float) -> None:
        """The same gain and shift everywhere."""
        self.module.weight.fill_(gain)
        self.module.bias.fill_(shift)

    @torch.no_grad()
    def undo(self, x: Tensor, sample: int) -> None:
        """Gain and shift that give x back: square root of variance plus epsilon, and mean.

        There is one gain for each channel (layer norm: for each cell of a sample), but all samples share it, so it can
        only hold the statistics of one sample; batch normalization has no others.
        """
        mean, var = self.statistics(x)
        cells = (slice(None), 0, 0) if self.module.weight.dim() == 1 else ...
        self.module.weight.copy_((var[sample] + self.epsilon).sqrt()[cells])
        self.module.bias.copy_(mean[sample][cells])

    def statistics(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and variance (ddof 0) of the set of every cell, each in the shape of x."""
        mean, var = torch.empty_like(x), torch.empty_like(x)
        for number in self._sets.unique():
            cells = self._sets == number
            var[cells], mean[cells] = torch.var_mean(x[cells], correction=0)
        return mean, var

    def cells_with(self, cell: Cell) -> Tensor:
        """Where the cells are that share a mean with this one; the shape of x."""
        return self._sets == self._sets[cell]


@dataclass(frozen=True)
class Identities:
    """Largest differences between torch's modules on one tensor, in float32.

    Args:
        one_group: GroupNorm of 1 group against LayerNorm over [C, H, W].
        each_channel: GroupNorm of C groups against InstanceNorm2d.
        last_axis: LayerNorm over the last axis alone, a usual mistake, against LayerNorm over [C, H, W].
    """

    one_group: float
    each_channel: float
    last_axis: float


@torch.no_grad()
def identities(x: Tensor) -> Identities:
    x = x.float()
    num_channels, image = x.shape[1], tuple(x.shape[2:])
    layer, instance = layer_norm(num_channels, image, 1)(x), instance_norm(num_channels, image, 1)(x)
    return Identities(
        one_group=_largest(group_norm(num_channels, image, 1)(x), layer),
        each_channel=_largest(group_norm(num_channels, image, num_channels)(x), instance),
        last_axis=_largest(nn.LayerNorm(image[-1])(x), layer),
    )


def _largest(one: Tensor, other: Tensor) -> float:
    return (one - other).abs().max().item()
