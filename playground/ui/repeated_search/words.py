"""What a repeated search says, in sentences."""

from collections.abc import Sequence

import numpy as np

from playground.catalog.response_surfaces import ResponseSurface
from playground.charts.repeated_search.trials import num_values
from playground.jobs.repeated_search.job import SurfaceSearchJob
from playground.jobs.repeated_search.snapshot import RepeatedSnapshot, ShownRepeat
from playground.spec import listed
from playground.train.repeated_search.verdict import Verdict
from playground.train.search.methods import GRID, RANDOM

SOURCE = (
    "Bergstra and Bengio, Random search for hyper-parameter optimization, 2012, "
    "https://jmlr.org/papers/v13/bergstra12a.html"
)
WILSON = "intervals of chances: Wilson, 1927"
MEDIAN = "of the median difference: Conover, Practical nonparametric statistics, 1999"
ERROR = "Measured ± 1 standard error."
CORRECTED = (
    "**Corrected.** The lecture's picture says that random trials beat a grid. They do on average where few "
    "hyperparameters matter, and not every time: where one of two matters, a 3 × 3 grid still beats 9 random trials in "
    "31 of 100 repeats. Where all matter equally the advantage is gone."
)


def verdict_sentences(verdict: Verdict, *, is_share: bool = False) -> list[str]:
    """How often, by how much, and whether the repeats are enough to say.

    Args:
        is_share: the score is an accuracy.
    """
    count = verdict.num_repeats
    if not count:
        return ["No repeat is complete yet."]
    ties = f", and in {verdict.ties} both were equal" if verdict.ties else ""
    interval = f"95% interval {_percent(verdict.share_low)} to {_percent(verdict.share_high)}%"
    often = (
        f"Random was better in {verdict.random_wins} of {count} repeats ({interval}), the grid in {verdict.grid_wins}"
    )
    return [f"{often}{ties}.", *_how_much(verdict, is_share), *_lost(verdict), _enough(verdict)]


def _how_much(verdict: Verdict, is_share: bool) -> list[str]:
    if verdict.mean is None or verdict.median is None:
        return []
    interval = ""
    if verdict.median_low is not None and verdict.median_high is not None:
        ends = (_size(end, is_share, signed=True) for end in (verdict.median_low, verdict.median_high))
        interval = f" (95% interval {' to '.join(ends)})"
    direction = "higher" if verdict.mean >= 0 else "lower"
    sentence = (
        f"Random's best score was {_size(abs(verdict.mean), is_share)}{_unit(is_share)} {direction} on average; the "
        f"median difference is {_size(verdict.median, is_share, signed=True)}{interval}."
    )
    if verdict.mean * verdict.median >= 0:
        return [sentence]
    few = "few large losses outweigh many small gains" if verdict.mean < 0 else "few large gains outweigh many losses"
    return [sentence, f"Mean and median disagree: for random, a {few}."]


def _lost(verdict: Verdict) -> list[str]:
    """Repeats in which a method had no score: a mean over the others alone would flatter it."""
    words = [f"the grid in {verdict.grid_lost}"] if verdict.grid_lost else []
    words += [f"random in {verdict.random_lost}"] if verdict.random_lost else []
    if not words:
        return []
    return [
        f"All trials diverged or were cut: of {listed(words)} of {verdict.num_repeats} repeats. Whoever alone has no "
        "score has lost that repeat; means and medians are of the others."
    ]


def _enough(verdict: Verdict) -> str:
    decided = verdict.random_wins + verdict.grid_wins
    if not decided:
        return "Nothing speaks for either of the two."
    interval = f"{_percent(verdict.ahead_low)} to {_percent(verdict.ahead_high)}%"
    share = _percent(verdict.random_wins / decided)
    aside = f"Ties aside, random won {share}% (95% interval {interval}). " if verdict.ties else ""
    if verdict.ahead_low > 0.5:
        loses = ", and still loses: one comparison proves nothing" if verdict.grid_wins else ""
        return f"{aside}So random is better more often than not here{loses}."
    if verdict.ahead_high < 0.5:
        return f"{aside}So the grid is better more often than not here."
    return f"{aside}The interval holds 50%: so many repeats do not say which of the two is better more often."


def why_sentence(shown: ShownRepeat, *, axis: int = 0) -> str:
    """How many values of an axis each method tried."""
    values, trials = num_values(shown, axis=axis), len(shown.grid)
    return (
        f"On this axis the grid tried {values[GRID]} {'value' if values[GRID] == 1 else 'values'} in {trials} trials, "
        f"random {values[RANDOM]}."
    )


def size_line(levels: Sequence[int]) -> str:
    """How many trials each method gets."""
    trials = int(np.prod(levels))
    product = " × ".join(map(str, levels))
    return f"The grid: {product}{f' = {trials}' if len(levels) > 1 else ''} trials. Random: {trials} trials."


def theory_table(job: SurfaceSearchJob, surface: ResponseSurface, seen: RepeatedSnapshot) -> str:
    """Predicted beside measured, as Markdown; "" before the first repeat."""
    if seen.verdict is None or not seen.verdict.num_repeats:
        return ""
    expected, count = job.predicted, seen.verdict.num_repeats
    lines = ["| | Theory | Measured |", "| --- | --- | --- |"]
    what = "Hits of the target" if surface.is_target else "Distance to the optimum"
    for name, scores, mean in (
        ("grid", seen.grid, expected and expected.grid),
        ("random", seen.random, expected and expected.random),
    ):
        error = float(np.std(scores, ddof=1)) / count**0.5 if count > 1 else float("nan")
        measured, predicted = float(np.mean(scores)), mean
        if not surface.is_target:
            measured, predicted = 1 - measured, None if mean is None else 1 - mean
        lines.append(f"| {what}, {name} | {_number(predicted)} | {measured:.4f} ± {error:.4f} |")
    wins = seen.verdict.random_wins / count
    error = (wins * (1 - wins) / count) ** 0.5
    lines.append(f"| Random better | {_number(expected and expected.random_wins)} | {wins:.3f} ± {error:.3f} |")
    return "\n".join(lines)


def theory_sentence(job: SurfaceSearchJob, surface: ResponseSurface) -> str:
    """Where the closed forms come from, or why there is none."""
    if not job.moves:
        return "No theory here: the closed forms are means over all places of the optimum, and this one stays."
    if surface.is_target:
        return f"Theory: n random trials hit with chance 1 − (1 − q)^n, whatever the target's shape. {ERROR}"
    if job.predicted is None:
        return (
            "No closed form holds here: those of distances are for one axis that matters alone. Choose that surface to "
            f"compare. {ERROR}"
        )
    return f"Theory: 1 / (4 k) for k values of the axis, (n + 3) / (2 (n + 1) (n + 2)) for n random trials. {ERROR}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"


def _size(difference: float, is_share: bool, *, signed: bool = False) -> str:
    sign = "+" if signed and difference else ""
    text = f"{100 * difference:{sign}.1f}" if is_share else f"{difference:{sign}.2g}"
    return text.replace("-", "−")


def _unit(is_share: bool) -> str:
    return " percentage points" if is_share else ""


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"
