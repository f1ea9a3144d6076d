"""Record: writes a row into every history at the end of an epoch, and says whose run has ended."""

from collections.abc import Sequence

import torch
from torch import Tensor

from playground.train.ending import (
    ADVICE,
    CUT,
    DIVERGED,
    FINISHED,
    STOPPED,
    cut_at,
    highest_loss,
    is_cut,
    stopped_early,
    trouble,
)
from playground.train.stacked.evaluate import Scores
from playground.train.stacked.run import StackedRun


class Record:
    """Histories of the networks in a stack, and the losses of single updates since the last row.

    Args:
        cut_above: as of a Trainer.
    """

    def __init__(self, cut_above: float = 0.0) -> None:
        self._cut_above = cut_above
        self._losses: list[Tensor] = []

    def see_update(self, losses: Tensor) -> None:
        """Minibatch losses (K,) of one update, left on the device."""
        self._losses.append(losses)

    def keep(self, rows: Sequence[int]) -> None:
        """Go on with these networks only."""
        self._losses = [losses[rows] for losses in self._losses]

    def end_epoch(
        self,
        runs: Sequence[StackedRun],
        epoch: int,
        scores: tuple[Scores, Scores],
        rates: Sequence[float],
        norms: tuple[Sequence[float], Sequence[float]],
    ) -> None:
        """Add a row to each history, and end the runs that have come to their end.

        Args:
            scores: on the training and the validation split, a value for each run.
            norms: of the gradients, and update ratios (NaN before the first update).
        """
        train, val = scores
        grad_norms, ratios = norms
        for row, run in enumerate(runs):
            run.history.append(
                step=run.step,
                epoch=epoch,
                train_loss=train.losses[row],
                val_loss=val.losses[row],
                train_accuracy=train.accuracies[row],
                val_accuracy=val.accuracies[row],
                learning_rate=rates[row],
                grad_norm=grad_norms[row],
                update_ratio=ratios[row],
            )
        troubles = self._troubles(runs)
        for row, run in enumerate(runs):
            self._end_if_due(run, epoch, troubles.get(row) or trouble(run.step, train.losses[row], _highest(run)))

    def _troubles(self, runs: Sequence[StackedRun]) -> dict[int, str]:
        """Row -> a sentence, where an update since the last row has diverged."""
        if not self._losses:
            return {}
        losses = torch.stack(self._losses)[:, : len(runs)]
        self._losses = []
        is_bad = ~(losses <= losses.new_tensor([_highest(run) for run in runs]))  # NaN is not either
        found = {}
        for row in is_bad.any(0).nonzero().flatten().tolist():
            index = int(is_bad[:, row].nonzero()[0])
            step = runs[row].step - len(losses) + index + 1
            found[row] = trouble(step, losses[index, row].item(), _highest(runs[row]))
        return found

    def _end_if_due(self, run: StackedRun, epoch: int, why: str) -> None:
        waited = epoch - int(run.history.best()["epoch"] or 0)
        if why:
            run.status, run.message = DIVERGED, f"{why} {ADVICE}"
        elif is_cut(run.history.column("train_loss"), self._cut_above):
            run.status, run.message = CUT, cut_at(run.step, self._cut_above)
        elif epoch == run.config.num_epochs:
            run.status = FINISHED
        elif run.config.early_stopping and waited >= run.config.early_stopping:
            run.status, run.message = STOPPED, stopped_early(waited)


def _highest(run: StackedRun) -> float:
    return highest_loss(run.history.column("train_loss")[0])
