"""What the trials of a search say: the best ones, and whether better ones may lie beyond a range."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from playground.train.search.axis import Axis
from playground.train.search.border import NONE, border, flat_end
from playground.train.search.methods import USUAL
from playground.train.search.trials import Trial

NO_SCORE = float("nan")


@dataclass(frozen=True)
class Flat:
    """An axis over whose end scores no longer change.

    Args:
        end: "low" or "high".
        start: the value from which on it is so, towards that end.
    """

    end: str
    start: float


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
    found = {axis.field: border(shares, scores) for axis, shares, scores in _along_ranges(axes, trials)}
    return {axis.field: found.get(axis.field, NONE) for axis in axes}


def flats(axes: Sequence[Axis], trials: Sequence[Trial]) -> dict[str, Flat]:
    """Field -> where its scores become flat, for those fields of which they do; the same trials speak."""
    found = {}
    for axis, shares, scores in _along_ranges(axes, trials):
        end, share = flat_end(shares, scores)
        if end != NONE:
            found[axis.field] = Flat(end, float(axis.value_at(share)))
    return found


def _along_ranges(axes: Sequence[Axis], trials: Sequence[Trial]) -> Iterator[tuple[Axis, list[float], list[float]]]:
    """Each range, with where the trials that set its field lie on it and the ranks of their scores."""
    trials = [trial for trial in trials if trial.method in USUAL] or trials
    for axis in axes:
        if not axis.choices:
            own = [trial for trial in trials if axis.field in trial.params]
            yield axis, [axis.share_of(trial.params[axis.field]) for trial in own], ranks(own)
