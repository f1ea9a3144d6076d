"""What a page sees of a repeated search, on a made surface or of real trainings."""

from dataclasses import dataclass

import numpy as np

from playground.jobs.job import Snapshot
from playground.train.repeated_search.verdict import Verdict


@dataclass(frozen=True)
class ShownRepeat:
    """The trials of one repeat.

    Args:
        grid, random: where the trials are, (n, D) each: shares of the axes on a made surface, else values of fields.
        grid_scores, random_scores: (n,), higher is better; NaN: none.
        optimum: the best part of the first axis, from where to where; None where nobody knows it.
    """

    grid: np.ndarray
    random: np.ndarray
    grid_scores: np.ndarray
    random_scores: np.ndarray
    optimum: tuple[float, float] | None = None


@dataclass(frozen=True)
class RepeatedSnapshot(Snapshot):
    """The repeats that are complete.

    Args:
        grid, random: (R,), best score of each method in each of them, higher is better; NaN where no trial had one.
        verdict: of these; None before the first look.
        shown: the last of them; None before the first.
    """

    grid: np.ndarray | None = None
    random: np.ndarray | None = None
    verdict: Verdict | None = None
    shown: ShownRepeat | None = None
