"""Record: writes a row into every history at the end of an epoch, and says whose run has ended."""

from collections.abc import Sequence

from playground.train.ending import outcome
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
        added_costs: Sequence[float],
        troubles: Sequence[str],
    ) -> None:
        """Add a row to each history, and end the runs that have come to their end.

        Args:
            scores: on the training and the validation split, a value for each run.
            norms: of the gradients, and update ratios (NaN before the first update).
            added_costs: of each run's cost, on top of its training loss.
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
                added_cost=added_costs[row],
            )
            run.status, run.message = outcome(run.config, run.history, troubles[row], self._cut_above)
