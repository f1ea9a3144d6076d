"""Best score so far against the number of the trial, one line a method."""

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from playground.catalog import SEARCH_METHODS
from playground.charts.named_lines import NamedLine, named_line_chart, named_line_data
from playground.charts.search.scores import is_finite, score_of
from playground.train.search.trials import Trial

HEIGHT = 340  # pixels


def best_so_far(trials: Sequence[Trial], *, is_share: bool) -> tuple[list[int], list[float]]:
    """Corners of the stairs: after how many trials of one method, and the best score until then.

    Trials count in the order of their plan; those under way are not counted yet.
    """
    numbers, scores = [], []
    best = None
    for number, trial in enumerate((trial for trial in trials if trial.status != "running"), start=1):
        score = score_of(trial, is_share=is_share)
        if is_finite(score) and (best is None or (score > best if is_share else score < best)):
            if best is not None:
                numbers.append(number)
                scores.append(best)
            best = score
        if best is not None:
            numbers.append(number)
            scores.append(best)
    return numbers, scores


def best_data(trials: Mapping[str, Sequence[Trial]], *, is_share: bool) -> pd.DataFrame:
    """Columns as in `named_line_data`.

    Args:
        trials: of each method.
    """
    looks = list(SEARCH_METHODS)
    lines = []
    for method, tried in trials.items():
        numbers, scores = best_so_far(tried, is_share=is_share)
        lines.append(NamedLine(SEARCH_METHODS[method].label, looks.index(method), numbers, scores))
    return named_line_data(lines, log_scale=not is_share, zero=False, height=HEIGHT)


def best_chart(*, title: str, is_share: bool, room: str = "") -> alt.LayerChart:
    """Stairs that only go up (for a loss: down), named at their ends; reads the named data `best`.

    Args:
        room: the longest name.
    """
    numbers = {"number": ".1%", "axis_number": ".0%"} if is_share else {}
    arguments = {"log_scale": not is_share, "zero": False, "height": HEIGHT, "room": room}
    return named_line_chart(name="best", x_title="Trials of each method", y_title=title, **arguments, **numbers)


def best_alt(*, title: str) -> str:
    return f"Best {title.lower()} so far against the number of trials, one line a method, named at its right end."
