"""StackedBest: the weights of the best epoch so far, of all networks."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import torch
from torch import Tensor

from playground.config import Config
from playground.train.stacked.network import StackedNetwork


class StackedBest:
    """What `BestWeights` is for one network; it changes nothing for those that do not ask for it.

    Attributes:
        update: (K, P) each: parameters before and after the last update of that epoch, and its gradient.
    """

    def __init__(self, configs: Sequence[Config]):
        self.is_asked = [config.keep_best for config in configs]
        self._state: list[Tensor] = []
        self.update: list[Tensor] = []

    def keep(self, rows: Sequence[int]) -> None:
        """Go on with these networks only."""
        self.is_asked = [self.is_asked[row] for row in rows]
        self._state, self.update = ([values[rows] for values in kept] for kept in (self._state, self.update))

    def see(self, is_best: Sequence[bool], state: Sequence[Tensor], update: Sequence[Tensor]) -> None:
        """Remember the networks that are better than they have ever been; all, the first time.

        Args:
            state: (K, ...) each, as evaluated.
            update: as the attribute.
        """
        self._state = _where(is_best, state, self._state)
        self.update = _where(is_best, update, self.update)

    @contextmanager
    def in_place_of(self, network: StackedNetwork) -> Iterator[None]:
        """While open, the networks that ask for it have their best weights."""
        own = [values.clone() for values in network.state]
        for values, kept in zip(network.state, self._state, strict=True):
            values.copy_(_where(self.is_asked, [kept], [values])[0])
        try:
            yield
        finally:
            for values, before in zip(network.state, own, strict=True):
                values.copy_(before)


def _where(chosen: Sequence[bool], new: Sequence[Tensor], old: Sequence[Tensor]) -> list[Tensor]:
    """(K, ...) each: the new row where it is chosen, else the old one, if there are any."""
    if not old:
        return [values.clone() for values in new]
    mask = torch.tensor(chosen, device=new[0].device).unsqueeze(1)
    return [torch.where(mask, one, other) for one, other in zip(new, old, strict=True)]
