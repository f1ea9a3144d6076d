"""StackedBest: the weights of the best epoch so far, of all networks."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import torch
from torch import Tensor

from playground.config import Config
from playground.train.stacked.network import StackedNetwork


class StackedBest:
    """What `BestWeights` is for one network; it changes nothing for those that do not ask for it."""

    def __init__(self, configs: Sequence[Config]):
        self.is_asked = [config.keep_best for config in configs]
        self._kept: list[Tensor] = []

    @property
    def update(self) -> list[Tensor]:
        """(K, P) each: parameters before and after the last update of that epoch, and its gradient."""
        return self._kept[1:]

    def keep(self, rows: Sequence[int]) -> None:
        """Go on with these networks only."""
        self.is_asked = [self.is_asked[row] for row in rows]
        self._kept = [values[rows] for values in self._kept]

    def see(self, is_best: Sequence[bool], evaluated: Tensor, update: Sequence[Tensor]) -> None:
        """Remember the networks that are better than they have ever been; all, the first time.

        Args:
            evaluated: (K, P) parameters.
            update: as the property.
        """
        self._kept = _where(is_best, [evaluated, *update], self._kept)

    @contextmanager
    def in_place_of(self, network: StackedNetwork) -> Iterator[None]:
        """While open, the networks that ask for it have their best weights."""
        with network.having(_where(self.is_asked, self._kept[:1], [network.flat])[0]):
            yield


def _where(chosen: Sequence[bool], new: Sequence[Tensor], old: Sequence[Tensor]) -> list[Tensor]:
    """(K, P) each: the new row where it is chosen, else the old one, if there are any."""
    if not old:
        return [values.clone() for values in new]
    mask = torch.tensor(chosen, device=new[0].device).unsqueeze(1)
    return [torch.where(mask, one, other) for one, other in zip(new, old, strict=True)]
