"""Successive halving's rungs: how many trials are trained for how long, within the budget of the other methods.

Source: Jamieson and Talwalkar, Non-stochastic best arm identification and hyperparameter optimization, 2016,
arXiv:1502.07943
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from playground.train.search.trials import Trial

ETA = 3  # one trial in three goes on
MOST_CUTS = 2  # so that the first rung, a ninth of the run, is long enough to tell good trials from bad ones


@dataclass(frozen=True)
class Rung:
    """So many trials, each trained until it has had so many epochs in all."""

    trials: int
    epochs: int


def rungs(trials: int, num_epochs: int) -> tuple[Rung, ...]:
    """The rungs that spend as much as can be of trials x num_epochs epochs, the last one with whole runs.

    The best third of a rung goes on training in the next one; nothing is trained twice.
    """
    for cuts in range(MOST_CUTS, 0, -1):
        epochs = [round(num_epochs / ETA**cut) for cut in range(cuts, -1, -1)]
        first = _most_trials(epochs, trials * num_epochs)
        if first >= ETA**cuts <= num_epochs:  # else none would be left at the end, or a rung had no epoch
            return tuple(Rung(first // ETA**number, length) for number, length in enumerate(epochs))
    return (Rung(trials, num_epochs),)


def epochs_in_all(steps: Sequence[Rung]) -> int:
    """Epochs of all trials together when none ends before its rung does."""
    lengths = [0, *(step.epochs for step in steps)]
    return sum(step.trials * (step.epochs - before) for step, before in zip(steps, lengths, strict=False))


def _most_trials(epochs: Sequence[int], budget: int) -> int:
    """The largest first rung that stays within the budget."""

    def cost(first: int) -> int:
        return epochs_in_all([Rung(first // ETA**number, length) for number, length in enumerate(epochs)])

    return bisect_right(range(budget + 1), budget, key=cost) - 1


def survivors(trials: Sequence[Trial], count: int) -> list[Trial]:
    """The best ones, of equals the earlier; those without a score are out."""
    scored = [trial for trial in trials if trial.score]
    return sorted(scored, key=lambda trial: (trial.score, -trial.number), reverse=True)[:count]
