"""seed_noise: whether two settings differ by more than their seeds do."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, stdtrit  # of scipy.stats only these two are needed, and it takes long to load

LEAST_RUNS = 3  # of each; the spread of two says next to nothing
LEVEL = 0.05  # chance of calling pure noise a difference


@dataclass(frozen=True)
class SeedNoise:
    """Welch's test of two samples of runs.

    Args:
        difference: mean of the second minus mean of the first; None where there are too few runs.
        low, high: ends of its 95% interval; None where there are too few runs.
        p_value: chance of at least this difference if both had the same mean; None where there are too few runs.
        is_real: whether the p-value is below 5%.
        left_out: runs of each that have no finite score.
        sentence: the same in words.
    """

    difference: float | None
    low: float | None
    high: float | None
    p_value: float | None
    is_real: bool
    left_out: tuple[int, int]
    sentence: str


def seed_noise(
    first: Sequence[float | None],
    second: Sequence[float | None],
    *,
    names: tuple[str, str] = ("the first", "the second"),
    what: str = "validation accuracy",
    unit: str = "",
    is_share: bool = False,
) -> SeedNoise:
    """Compare the final scores of runs from several seeds; those without a finite score are left out and counted.

    Args:
        names: of the two settings, as a sentence has them after "with".
        what: the score.
        unit: of the score.
        is_share: the score is a share, and the sentence says percentage points.

    Source: Welch, The generalization of Student's problem when several different population variances are involved,
    1947.
    """
    a, b = _finite(first), _finite(second)
    lost = (len(first) - len(a), len(second) - len(b))
    left_out = _left_out(lost, (len(first), len(second)), names)
    if min(len(a), len(b)) < LEAST_RUNS:
        few = f"Too few runs to say: {LEAST_RUNS} or more of each are needed, with different seeds.{left_out}"
        return SeedNoise(None, None, None, None, False, lost, few)
    difference, low, high, p_value = _welch(a, b)
    is_real = p_value < LEVEL
    (behind, ahead), sign = (names, 1) if difference > 0 else (names[::-1], -1)
    values = abs(difference), *sorted((sign * low, sign * high))
    size, *ends = (f"{100 * value:.1f}" if is_share else f"{value:.2g}" for value in values)
    size = f"{size} {'percentage points' if is_share else unit}".rstrip()
    interval = f"95% interval {ends[0]} to {ends[1]}, p = {p_value:.2g}; {len(a)} and {len(b)} seeds"
    if is_real:
        verdict = f"More than seed noise: the {what} is {size} higher with {ahead} than with {behind} ({interval})."
    else:
        both = " and with ".join(names)
        verdict = f"No more than seed noise: the {what} with {both} differs by {size} ({interval})."
    return SeedNoise(difference, low, high, p_value, is_real, lost, f"{verdict}{left_out}")


def _left_out(lost: tuple[int, int], runs: tuple[int, int], names: tuple[str, str]) -> str:
    """How many runs of each setting diverged: what is left may be its lucky seeds. "" for none."""
    words = [f"{n} of {total} runs with {name}" for n, total, name in zip(lost, runs, names, strict=True) if n]
    return f" Only runs that ended are compared: {' and '.join(words)} diverged." if words else ""


def _finite(values: Sequence[float | None]) -> np.ndarray:
    return np.array([value for value in values if value is not None and math.isfinite(value)], dtype=float)


def _welch(a: np.ndarray, b: np.ndarray) -> tuple[float, float, float, float]:
    """Difference of the means, its 95% interval and its p-value."""
    difference = float(b.mean() - a.mean())
    squares = a.var(ddof=1) / len(a), b.var(ddof=1) / len(b)  # squared standard errors
    error = math.sqrt(sum(squares))
    if error == 0:  # all seeds give the same: any difference is real
        return difference, difference, difference, 1.0 if difference == 0 else 0.0
    freedom = sum(squares) ** 2 / (squares[0] ** 2 / (len(a) - 1) + squares[1] ** 2 / (len(b) - 1))
    reach = float(stdtrit(freedom, 1 - LEVEL / 2)) * error
    return difference, difference - reach, difference + reach, float(2 * stdtr(freedom, -abs(difference) / error))
