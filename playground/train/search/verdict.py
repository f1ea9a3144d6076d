"""What the trials of a search say: the best ones, and whether better ones may lie beyond a range."""

from collections.abc import Sequence

from playground.train.search.border import NONE, border
from playground.train.search.methods import USUAL
from playground.train.search.space import Axis
from playground.train.search.trials import Trial

NO_SCORE = float("nan")


def best_trial(trials: Sequence[Trial]) -> Trial | None:
    """The one with the highest validation accuracy at its best epoch, of equals (and in regression) the lowest loss."""
    return max((trial for trial in trials if trial.score), key=lambda trial: trial.score or (), default=None)


def ranks(trials: Sequence[Trial]) -> list[float]:
    """Place of each trial's score among all, the worst one first; NaN where there is no score."""
    scores = sorted({trial.score for trial in trials if trial.score})
    place = {score: float(index) for index, score in enumerate(scores)}
    return [place[trial.score] if trial.score else NO_SCORE for trial in trials]


def borders(axes: Sequence[Axis], trials: Sequence[Trial]) -> dict[str, str]:
    """Field -> "low", "high" or "none"; a choice has no ends.

    Trials of the grid and random ones speak where there are any: the others crowd where scores were good already, or
    were stopped before they could be as good.
    """
    trials = [trial for trial in trials if trial.method in USUAL] or trials
    scores = ranks(trials)
    return {
        axis.field: NONE
        if axis.choices
        else border([axis.share_of(trial.params[axis.field]) for trial in trials], scores)
        for axis in axes
    }
