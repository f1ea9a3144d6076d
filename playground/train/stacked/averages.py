"""Moving averages of all networks' parameters."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext

import torch
from torch import Tensor

from playground.config import Config
from playground.train.stacked.network import StackedNetwork


class StackedAverages:
    """What `AveragedNetwork` is for one network; where ema_decay is 0 the average is the network itself.

    Source: Polyak and Juditsky, Acceleration of stochastic approximation by averaging, 1992; torch.optim.swa_utils.
    """

    def __init__(self, configs: Sequence[Config], flat: Tensor):
        self.is_needed = any(config.ema_decay for config in configs)
        self._average = flat.clone()
        self._shares = torch.tensor([1 - config.ema_decay for config in configs], device=flat.device).unsqueeze(1)
        self._has_begun = False

    def keep(self, rows: Sequence[int]) -> None:
        """Go on with these networks only."""
        self._average, self._shares = self._average[rows], self._shares[rows]

    @torch.no_grad()
    def update(self, flat: Tensor) -> None:
        """Right after an update of the parameters (K, P); the first one is taken as it is."""
        if self._has_begun:
            self._average.lerp_(flat, self._shares)
        else:
            self._average.copy_(flat)
        self._has_begun = True

    def in_place_of(self, network: StackedNetwork) -> AbstractContextManager[None]:
        """While open, the network has the averages for parameters."""
        return network.having(self._average) if self.is_needed else nullcontext()
