"""bend: where scores that rise along an axis become flat."""

import numpy as np

STEPS = 30  # places of a bend that are tried
BETTER = 1e-6  # share of all differences by which a later start or an earlier bend must fit better


def bend(position: np.ndarray, score: np.ndarray) -> float:
    """The place after which scores rise no more, of the ramp that fits their ranks best; 1 where there is none.

    A ramp is flat up to a start, rises in a straight line up to a bend, and is flat from there on. Ranks, because a
    few terrible scores would else be all that there is to fit. Of equal fits the one that rises longest.

    Args:
        position: share of the axis of each trial, in [0, 1].
        score: higher is better.
    """
    rank = _ranks(score)
    rank -= rank.mean()
    least, found = np.inf, 1.0
    places = np.linspace(0, 1, STEPS + 1)
    for end in places[:0:-1]:
        for start in places[places < end]:
            ramp = np.clip(position, start, end)
            ramp -= ramp.mean()
            size, common = ramp @ ramp, ramp @ rank
            if size > 0 and common > 0:
                error = 1 - common**2 / (size * (rank @ rank))
                if error < least - BETTER:
                    least, found = error, float(end)
    return found


def _ranks(score: np.ndarray) -> np.ndarray:
    """Place of each score among all, equal ones sharing theirs."""
    _, place, count = np.unique(score, return_inverse=True, return_counts=True)
    return (np.cumsum(count) - (count - 1) / 2)[place]
