"""Masks of dropout and DropConnect, and noise, drawn for each network from the stream of its ordinary run."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from playground.nn.layers import NormNoise, drifting_noise
from playground.seeds import stream_seed

# SELU's limit for minus infinity, -scale * alpha, which alpha dropout sets units to; as in torch.
ALPHA = 1.7580993408473766


class Masks:
    """One generator for each network, None for one whose masks do not matter."""

    def __init__(self, seeds: Sequence[int | None]):
        self._generators = [
            None if seed is None else torch.Generator().manual_seed(stream_seed(seed, "masks")) for seed in seeds
        ]

    def __len__(self) -> int:
        """K, networks."""
        return len(self._generators)

    def keep(self, rows: Sequence[int]) -> None:
        """Go on with these rows; a repeated one draws no more, or it would take masks away from the first."""
        seen: set[int] = set()
        kept = []
        for row in rows:
            kept.append(None if row in seen else self._generators[row])
            seen.add(row)
        self._generators = kept

    def draw(self, shape: Sequence[int], shares: Sequence[float]) -> Tensor:
        """(K, ...) of ones and zeros; row k is 0 with probability shares[k], and draws nothing where that is 0."""
        masks = torch.ones(shape)
        for mask, generator, share in zip(masks.unbind(), self._generators, shares, strict=True):
            if share and generator is not None:
                mask.bernoulli_(1 - share, generator=generator)
        return masks

    def noise(self, shape: Sequence[int]) -> Tensor:
        """(K, *shape) as `drifting_noise` draws it for each network; zeros for one that draws no more."""
        return torch.stack([
            torch.zeros(shape) if generator is None else drifting_noise(shape, generator=generator)
            for generator in self._generators
        ])  # fmt: skip


class MaskedModule(nn.Module):
    """A module that drops something in training.

    Args:
        ordinary: with the probability p, until `set_shares` gives each network its own.
    """

    def __init__(self, ordinary: nn.Module):
        super().__init__()
        self.p = ordinary.p
        self.masks: Masks | None = None
        self.shares: list[float] = []
        self.column: Tensor | None = None

    def set_shares(self, shares: Sequence[float], masks: Masks, device: torch.device) -> None:
        """Probability of each network from now on, and where the masks come from."""
        self.shares, self.masks = list(shares), masks
        self.column = torch.tensor(self.shares, device=device)

    @property
    def is_active(self) -> bool:
        return self.training and any(self.shares)

    def kept(self, shape: Sequence[int]) -> Tensor:
        """(K, ...): 0 where dropped, 1 / (1 - p) elsewhere."""
        return self.drawn(shape).div_(self._column_like(shape).neg().add_(1))

    def drawn(self, shape: Sequence[int]) -> Tensor:
        return self.masks.draw(shape, self.shares).to(self.column.device)

    def _column_like(self, shape: Sequence[int]) -> Tensor:
        return self.column.view(-1, *(1,) * (len(shape) - 1))


class StackedDropout(MaskedModule):
    """Drops units (K * B, H)."""

    def forward(self, x: Tensor) -> Tensor:
        if not self.is_active:
            return x
        x = x.unflatten(0, (len(self.shares), -1))
        return (x * self.kept(x.shape)).flatten(0, 1)


class StackedAlphaDropout(MaskedModule):
    """Sets units (K * B, H) to SELU's lower limit, and keeps mean 0 and variance 1."""

    def forward(self, x: Tensor) -> Tensor:
        if not self.is_active:
            return x
        x = x.unflatten(0, (len(self.shares), -1))
        kept, p = self.drawn(x.shape), self._column_like(x.shape)
        scale = 1 / torch.sqrt((ALPHA**2 * p + 1) * (1 - p))
        offset = (kept - 1) * (ALPHA * scale) + ALPHA * scale * p
        return (x * (kept * scale) + offset).flatten(0, 1)


class StackedNormNoise(nn.Module):
    """Noise on units or channels (K * B, C, ...); `masks` are set from outside."""

    def __init__(self, ordinary: NormNoise):
        super().__init__()
        self.scale = ordinary.scale
        self.masks: Masks | None = None

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return x
        noise = self.masks.noise((len(x) // len(self.masks), *x.shape[1:]))
        return x + self.scale * noise.flatten(0, 1).to(x.device)
