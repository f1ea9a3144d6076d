"""Repeated searches: the best scores of grid and random above each other, and how much they differ repeat by repeat."""

import altair as alt
import numpy as np
import pandas as pd

from playground.catalog import SEARCH_METHODS
from playground.charts import theme
from playground.charts.named_lines import LOOKS
from playground.train.repeated_search.verdict import EQUAL, Verdict
from playground.train.search.methods import GRID, RANDOM

BINS = 24  # of the whole axis
ALONE = 0.01  # of a score: how far a bar reaches on both sides of one that stands alone
HEADROOM = 1.32  # times the tallest bar: room for the words
HEIGHT = 300  # pixels
TIE = "tie"
COLOURS = {
    GRID: LOOKS[list(SEARCH_METHODS).index(GRID)][0],
    RANDOM: LOOKS[list(SEARCH_METHODS).index(RANDOM)][0],
    TIE: theme.MARKER,
}
COLUMNS = {"kind": "str", "low": "float64", "high": "float64", "count": "float64", "text": "str"}


def best_scores_data(grid: np.ndarray, random: np.ndarray, *, is_share: bool = False) -> pd.DataFrame:
    """Histograms of the best scores over common bins, random's upwards and the grid's downwards.

    Args:
        grid, random: (R,); NaN is left out, and the words then say of how many repeats the median is.
        is_share: scores are shown in percent.

    Returns:
        Columns kind (GRID or RANDOM), low and high (of a bin), count (negative for the grid), text; "" on the bars, and
        on one row a method its name and median score, low being that score and count where the words stand.
    """
    kinds = {RANDOM: np.asarray(random, dtype=float), GRID: np.asarray(grid, dtype=float)}
    kinds = {kind: scores[np.isfinite(scores)] for kind, scores in kinds.items()}
    every = np.concatenate(list(kinds.values()))
    if not every.size:
        return _frame([])
    edges = _edges(every.min(), every.max())
    counts = {kind: np.histogram(scores, edges)[0] for kind, scores in kinds.items()}
    top = HEADROOM * max(count.max() for count in counts.values())
    rows = []
    for kind, sign in ((RANDOM, 1), (GRID, -1)):
        rows += [
            (kind, low, high, sign * int(count), "")
            for low, high, count in zip(edges, edges[1:], counts[kind], strict=False)
            if count
        ]
        if kinds[kind].size:
            median = float(np.median(kinds[kind]))
            words = f"{median:.1%}" if is_share else f"{median:.3g}"
            if kinds[kind].size < (repeats := len(grid)):
                words += f" of {kinds[kind].size} of {repeats}"
            rows.append((kind, median, edges[0], sign * top, f"{SEARCH_METHODS[kind].label}: median {words}"))
    return _frame(rows)


def best_scores_chart(*, title: str, is_share: bool = False) -> alt.LayerChart:
    """Random's best scores above the line, the grid's below, each with a rule at its median; reads `best_scores`.

    Args:
        title: of the score.
        is_share: it is shown in percent.
    """
    base = alt.Chart(alt.NamedData("best_scores"))
    x = _across(title, format=".0%" if is_share else theme.NUMBER)
    y = _up()
    bars = base.transform_filter("datum.text == ''")
    medians = base.transform_filter("datum.text != ''")
    words = {"fontWeight": "bold", "align": "left", "fontSize": theme.TITLE_SIZE, "tooltip": None}
    layers = [
        _bars(bars, x, y, ".1%" if is_share else ".3~g"),
        medians.mark_rule(strokeWidth=2, strokeDash=theme.DASHES[1], tooltip=None).encode(
            x=x, y=y, y2=alt.Y2Datum(0), color=_colour()
        ),
        base.transform_aggregate(rows="count()").mark_rule(color=theme.MARKER, tooltip=None).encode(y=alt.YDatum(0)),
        medians.transform_filter("datum.count > 0")
        .mark_text(baseline="top", **words)
        .encode(x=alt.XValue(4), y=y, text=alt.Text("text:N"), color=_colour()),
        medians.transform_filter("datum.count < 0")
        .mark_text(baseline="bottom", **words)
        .encode(x=alt.XValue(4), y=y, text=alt.Text("text:N"), color=_colour()),
    ]
    return theme.styled(alt.layer(*layers, height=HEIGHT))


def best_scores_alt() -> str:
    return "Histogram of the best score in each repeat: random trials above the line, the grid below it."


def differences_data(grid: np.ndarray, random: np.ndarray, counted: Verdict) -> pd.DataFrame:
    """Histogram of random's best score minus the grid's.

    Args:
        grid, random: (R,); repeats in which one has no score have no bar, but are counted.

    Returns:
        Columns as in `best_scores_data`, with kind GRID or RANDOM for who was better, or TIE; the rows with a text say
        how often, low being the place of the words.
    """
    differences = np.asarray(random, dtype=float) - np.asarray(grid, dtype=float)
    differences = differences[np.isfinite(differences)]
    if not counted.num_repeats:
        return _frame([])
    most = float(np.abs(differences).max(initial=0.0)) or EQUAL
    width = 2 * most / BINS
    rows, tallest = [], 1
    for kind, ahead in ((GRID, -differences), (RANDOM, differences)):
        count, edges = np.histogram(ahead[ahead > EQUAL], BINS // 2, range=(0, most))
        sign = 1 if kind == RANDOM else -1
        rows += [(kind, sign * edges[bin_], sign * edges[bin_ + 1], count[bin_], "") for bin_ in np.flatnonzero(count)]
        tallest = max(tallest, int(count.max()))
    ties = int((np.abs(differences) <= EQUAL).sum())
    if ties:
        rows.append((TIE, -width / 5, width / 5, ties, ""))
    top = HEADROOM * max(tallest, ties)
    rows.append((GRID, -most, -most, top, f"Grid better: {counted.grid_wins}"))
    rows.append((RANDOM, most, most, top, f"Random better: {counted.random_wins}"))
    if counted.ties:
        rows.append((TIE, 0, 0, top * (1 + HEADROOM) / (2 * HEADROOM), f"Equal: {counted.ties}"))
    return _frame(rows)


def differences_chart(*, title: str, is_share: bool = False) -> alt.LayerChart:
    """Bars on the left where the grid was better, on the right where random was; reads `differences`.

    Args:
        as `best_scores_chart`.
    """
    base = alt.Chart(alt.NamedData("differences"))
    signed = "format(100 * datum.value, '+.3~g')" if is_share else "format(datum.value, '+.2~g')"
    x = _across(title, labelExpr=f"datum.value == 0 ? '0' : {signed}")
    y = _up()
    words = base.transform_filter("datum.text != ''")
    zero = base.transform_aggregate(rows="count()").mark_rule(
        color=theme.MARKER, strokeDash=theme.DASHES[1], tooltip=None
    )
    layers = [_bars(base.transform_filter("datum.text == ''"), x, y, "+.3~g"), zero.encode(x=alt.XDatum(0))]
    for kind, align, beside in ((GRID, "left", 0), (RANDOM, "right", 0), (TIE, "left", 5)):
        own = words.transform_filter(alt.datum.kind == kind)
        look = {"fontWeight": "bold", "fontSize": theme.TITLE_SIZE, "tooltip": None}
        named = own.mark_text(align=align, dx=beside, baseline="top", **look)
        layers.append(named.encode(x=x, y=y, text=alt.Text("text:N"), color=_colour()))
    return theme.styled(alt.layer(*layers, height=HEIGHT))


def differences_alt() -> str:
    return "Histogram of random's best score minus the grid's, repeat by repeat: right of 0 random was better."


def _edges(low: float, high: float) -> np.ndarray:
    """Of equal bins that hold both ends; around a single value one narrow bin."""
    if high > low:
        return np.linspace(low, high, BINS + 1)
    room = ALONE * max(abs(low), 1.0)
    return np.array([low - room, low + room])


def _frame(rows: list[tuple]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _across(title: str, **labels: str) -> alt.X:
    axis = alt.Axis(**labels, grid=False, tickCount=6)
    return alt.X("low:Q", title=title, scale=alt.Scale(zero=False, nice=False), axis=axis)


def _up() -> alt.Y:
    """Numbers of repeats, downwards too; no grid lines, which would cross the words."""
    axis = alt.Axis(labelExpr="abs(datum.value)", tickCount=5, tickMinStep=1, minExtent=theme.Y_AXIS_WIDTH, grid=False)
    return alt.Y("count:Q", title="Repeats", scale=alt.Scale(nice=False), axis=axis)


def _bars(base: alt.Chart, x: alt.X, y: alt.Y, number: str) -> alt.Chart:
    tooltip = [
        alt.Tooltip("kind:N", title="method"),
        alt.Tooltip("low:Q", title="from", format=number),
        alt.Tooltip("high:Q", title="to", format=number),
        alt.Tooltip("repeats:Q", title="repeats"),
    ]
    bars = base.transform_calculate(repeats="abs(datum.count)").mark_rect(opacity=0.8)
    return bars.encode(x=x, x2=alt.X2("high:Q"), y=y, y2=alt.Y2Datum(0), color=_colour(), tooltip=tooltip)


def _colour() -> alt.Color:
    return alt.Color("kind:N", scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())), legend=None)
