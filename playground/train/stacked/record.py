"""Record: writes a row into every history at the end of an epoch, and says whose run has ended."""

from collections.abc import Sequence

from playground.train.ending import ADVICE, CUT, DIVERGED, FINISHED, STOPPED, cut_at, is_cut, stopped_early
from playground.train.stacked.evaluate import Scores
from playground.train.stacked.run import StackedRun


class Record:
    """Histories of the networks in a stack.

    Args:
        cut_above: as of a Trainer.
    """

    def __init__(self, cut_above: float = 0.0) -> None:
        self._cut_above = cut_above

    def end_epoch(
        self,
        runs: Sequence[StackedRun],
        epoch: int,
        scores: tuple[Scores, Scores],
        rates: Sequence[float],
        norms: tuple[Sequence[float], Sequence[float]],
        troubles: Sequence[str],
    ) -> None:
        """Add a row to each history, and end the runs that have come to their end.

        Args:
            scores: on the training and the validation split, a value for each run.
            norms: of the gradients, and update ratios (NaN before the first update).
            troubles: a sentence for each run that has diverged, else "".
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
            self._end_if_due(run, epoch, troubles[row])

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
