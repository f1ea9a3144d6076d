"""border: whether the best trials lie at an end of the range, so that better ones may lie beyond."""

from collections.abc import Sequence

import numpy as np

LOW, HIGH, NONE = "low", "high", "none"
END, END_OF_SEVERAL = 0.1, 0.15  # shares of the range that count as its end, for one trial and for the best few
FEW, ENOUGH_FOR_FEW = 3, 15  # of so many trials, one alone may be best by chance
NEAR = 1 / 3  # share of the range where scores must not fall again
CHANCE = 0.01  # a trend that chance makes more often than this is none
FEWEST = 5  # trials; fewer show no trend
ROUNDING = 1e-9


def border(shares: Sequence[float], scores: Sequence[float]) -> str:
    """The end of the range up to which scores rise: "high", "low" or "none".

    All of this must hold: scores rise over the whole range (Spearman's rank correlation); the best trial, or the middle
    one of the best three, lies at the end, or nothing was tried beyond it; and scores do not fall again in the last
    third or break down in the last tenth.

    Args:
        shares: where each trial lies on its axis, in [0, 1].
        scores: higher is better; NaN counts as the worst, since a diverged trial is no reason to go on.
    """
    position, score = np.asarray(shares, dtype=float), np.asarray(scores, dtype=float)
    is_scored = np.isfinite(score)
    if len(score) < FEWEST or not is_scored.any():
        return NONE
    score = np.where(is_scored, score, score[is_scored].min() - 1)
    if _rises_to_the_end(position, score):
        return HIGH
    return LOW if _rises_to_the_end(1 - position, score) else NONE


def _rises_to_the_end(position: np.ndarray, score: np.ndarray) -> bool:
    if not _is_trend(position, score):
        return False
    end = position >= min(1 - END, position.max()) - ROUNDING
    near = position >= 1 - NEAR - ROUNDING
    breaks_down = np.median(score[end]) < np.median(score)
    return _best_is_at_the_end(position, score) and not breaks_down and not _is_trend(position[near], -score[near])


def _best_is_at_the_end(position: np.ndarray, score: np.ndarray) -> bool:
    best_first = position[np.lexsort((position, score))[::-1]]
    few = best_first[: FEW if len(score) >= ENOUGH_FOR_FEW else 1]
    beyond_all = position.max() - ROUNDING
    is_best = best_first[0] >= min(1 - END - ROUNDING, beyond_all)
    return bool(is_best or np.median(few) >= min(1 - END_OF_SEVERAL - ROUNDING, beyond_all))


def _is_trend(position: np.ndarray, score: np.ndarray) -> bool:
    """Whether scores rise with the position more clearly than chance would have it."""
    if len(score) < FEWEST or np.ptp(position) < ROUNDING or np.ptp(score) == 0:
        return False
    from scipy.stats import spearmanr  # half a second, and only workers ask

    return bool(spearmanr(np.round(position, 9), score, alternative="greater").pvalue < CHANCE)
