"""Where a run would have stopped early, read from its history."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Stopping:
    """Args:
    best: epoch of the lowest validation loss.
    stop: epoch after which a run with this patience ends; the last one where patience never runs out.
    kept: epoch of the lowest validation loss up to then.
    last: epoch of the whole run.
    """

    best: int
    stop: int
    kept: int
    last: int

    @property
    def saved(self) -> float:
        """Share of the epochs that are not run."""
        return 1 - self.stop / self.last if self.last else 0.0


def early_stopping(val_losses: Sequence[float], patience: int) -> Stopping:
    """Where early stopping acts on validation losses after 0, 1, 2, ... epochs.

    Source: Prechelt, Early stopping, but when?, 1998.
    """
    last = len(val_losses) - 1
    losses = [loss if math.isfinite(loss) else math.inf for loss in val_losses]
    best = kept = min(range(last + 1), key=losses.__getitem__)
    stop, so_far = last, 0
    for epoch, loss in enumerate(losses):
        if loss < losses[so_far]:
            so_far = epoch
        if epoch - so_far >= patience:
            stop, kept = epoch, so_far
            break
    return Stopping(best=best, stop=stop, kept=kept, last=last)
