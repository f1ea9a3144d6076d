"""border: whether the best trials lie at an end of the range, so that better ones may lie beyond, or on a flat part."""

from collections.abc import Sequence

import numpy as np

from playground.train.search.plateau import bend

LOW, HIGH, NONE = "low", "high", "none"
# Shares of the range that count as its end: for the best trial of many, and for the middle one of the best few.
END, END_OF_SEVERAL = 0.1, 0.15
FEW, ENOUGH_FOR_FEW = 3, 15  # trials; where there are fewer than the second, the best few are the best one alone
NEAR = 1 / 3  # share of the range where scores must still rise; as long a flat part is told
CHANCE = 0.01  # a trend that chance makes more often than this is none
CHANCE_NEAR = 0.1  # the same of a part of the range, with few trials
FEWEST = 5  # trials; fewer show no trend
ROUNDING = 1e-9


def border(shares: Sequence[float], scores: Sequence[float]) -> str:
    """The end of the range up to which scores rise: "high", "low" or "none".

    All of this must hold: scores rise over the whole range (Spearman's rank correlation); the best trial, or the middle
    one of the best three, lies at the end, or nothing was tried beyond it; scores still rise in the last third: they
    are better there than in the third before (Mann and Whitney's test), and neither fall again, nor break down in the
    last tenth, nor have levelled off before it.

    Args:
        shares: where each trial lies on its axis, in [0, 1].
        scores: higher is better; NaN counts as the worst, since a diverged trial is no reason to go on.
    """
    position, score = _known(shares, scores)
    if not len(score):
        return NONE
    if _rises_to_the_end(position, score):
        return HIGH
    return LOW if _rises_to_the_end(1 - position, score) else NONE


def flat_end(shares: Sequence[float], scores: Sequence[float]) -> tuple[str, float]:
    """The end of the range before which scores rise no more, and the share from which on it is so; "none" for neither.

    Args:
        shares, scores: as `border`.
    """
    position, score = _known(shares, scores)
    if len(score):
        if (start := _level_from(position, score)) is not None:
            return HIGH, start
        if (start := _level_from(1 - position, score)) is not None:
            return LOW, 1 - start
    return NONE, 0.0


def _known(shares: Sequence[float], scores: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """Both as arrays, NaN as the worst; empty where there are too few."""
    position, score = np.asarray(shares, dtype=float), np.asarray(scores, dtype=float)
    is_scored = np.isfinite(score)
    if len(score) < FEWEST or not is_scored.any():
        return position[:0], score[:0]
    return position, np.where(is_scored, score, score[is_scored].min() - 1)


def _rises_to_the_end(position: np.ndarray, score: np.ndarray) -> bool:
    if not _is_trend(position, score) or _breaks_down(position, score):
        return False
    near = position >= 1 - NEAR - ROUNDING
    return (
        _best_is_at_the_end(position, score)
        and not _is_trend(position[near], -score[near])
        and _is_better_than_before(position, score)
        and _level_from(position, score) is None
    )


def _level_from(position: np.ndarray, score: np.ndarray) -> float | None:
    """Where scores that rise at first become flat up to the end; None where they do not, or in the last third only."""
    if not _is_trend(position, score) or _breaks_down(position, score):
        return None
    start = bend(position, score)
    flat = position >= start - ROUNDING
    if start > 1 - NEAR + ROUNDING or flat.sum() < FEWEST or np.ptp(position[flat]) < ROUNDING:
        return None
    is_bent = any(_is_trend(position[flat], way * score[flat], CHANCE_NEAR) for way in (1, -1))
    return None if is_bent else start


def _breaks_down(position: np.ndarray, score: np.ndarray) -> bool:
    end = position >= min(1 - END, position.max()) - ROUNDING
    return bool(np.median(score[end]) < np.median(score))


def _best_is_at_the_end(position: np.ndarray, score: np.ndarray) -> bool:
    best_first = position[np.lexsort((position, score))[::-1]]
    few = best_first[: FEW if len(score) >= ENOUGH_FOR_FEW else 1]
    beyond_all = position.max() - ROUNDING
    is_best = best_first[0] >= min(1 - END - ROUNDING, beyond_all)
    return bool(is_best or np.median(few) >= min(1 - END_OF_SEVERAL - ROUNDING, beyond_all))


def _is_better_than_before(position: np.ndarray, score: np.ndarray) -> bool:
    """Whether scores of the last third are better than those of the third before; True where too few can say."""
    last = score[position >= 1 - NEAR - ROUNDING]
    before = score[(position >= 1 - 2 * NEAR - ROUNDING) & (position < 1 - NEAR - ROUNDING)]
    if min(len(last), len(before)) < FEW:
        return True
    from scipy.stats import mannwhitneyu  # half a second, and only workers ask

    return bool(mannwhitneyu(last, before, alternative="greater").pvalue < CHANCE_NEAR)


def _is_trend(position: np.ndarray, score: np.ndarray, chance: float = CHANCE) -> bool:
    """Whether scores rise with the position more clearly than chance would have it."""
    if len(score) < FEWEST or np.ptp(position) < ROUNDING or np.ptp(score) == 0:
        return False
    from scipy.stats import spearmanr  # as above

    return bool(spearmanr(np.round(position, 9), score, alternative="greater").pvalue < chance)
