"""The trials of one repeat over a single axis: why a grid that repeats its values sees less of it."""

import math

import altair as alt
import numpy as np
import pandas as pd

from playground.catalog import SEARCH_METHODS
from playground.charts import theme
from playground.charts.repeated_search.best import COLOURS
from playground.jobs.repeated_search.snapshot import ShownRepeat
from playground.train.repeated_search.verdict import EQUAL
from playground.train.search.methods import GRID, RANDOM, USUAL

HEIGHT = 320  # pixels
LANES = {GRID: 34, RANDOM: 14}  # pixels above the axis, where each value has a tick
LANES_HEIGHT = 50
TICK = 6  # pixels from the middle of a tick to its end
SHAPES = {GRID: "circle", RANDOM: "square"}
OPTIMUM = "optimum"
RING = 320
ROUNDING = 1e-9  # of a logarithm
COLUMNS = {
    "method": "str", "x": "float64", "high": "float64", "y": "float64", "trials": "int32", "is_best": "bool",
}  # fmt: skip


def repeated_trials_data(shown: ShownRepeat | None, *, axis: int = 0) -> pd.DataFrame:
    """One row for each place and score; trials that share both are one row with their number.

    Args:
        axis: that the trials are projected on.

    Returns:
        Columns method (OPTIMUM on one row, where it is known and the axis is the first), x, high (the optimum's other
        end), y (NaN without a score), trials, is_best (of its method).
    """
    if shown is None or axis >= shown.grid.shape[1]:
        return pd.DataFrame([], columns=list(COLUMNS)).astype(COLUMNS)
    rows = [(OPTIMUM, *shown.optimum, np.nan, 0, False)] if shown.optimum is not None and axis == 0 else []
    for method in USUAL:
        places, scores = getattr(shown, method)[:, axis], getattr(shown, f"{method}_scores")
        known = scores[np.isfinite(scores)]
        best = known.max() if len(known) and np.ptp(known) > EQUAL else np.nan  # among equals none stands out
        pairs = np.round(np.stack([places, scores], axis=1), 12)
        for (x, y), number in zip(*np.unique(pairs, axis=0, return_counts=True, equal_nan=True), strict=True):
            rows.append((method, x, x, y, number, abs(y - best) <= EQUAL))
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def num_values(shown: ShownRepeat, *, axis: int = 0) -> dict[str, int]:
    """How many different values of an axis each method tried."""
    return {method: len(np.unique(np.round(getattr(shown, method)[:, axis], 12))) for method in USUAL}


def repeated_trials_chart(
    *,
    x_title: str,
    y_title: str,
    domain: tuple[float, float] = (0.0, 1.0),
    is_log: bool = False,
    is_share: bool = False,
) -> alt.LayerChart:
    """Score against one axis, the best of each method ringed, with a tick for each value below; reads `trials`.

    Args:
        domain: of the axis.
        is_log: it is logarithmic.
        is_share: the score is shown in percent.
    """
    base = alt.Chart(alt.NamedData("trials"))
    x, y = _across(x_title, domain, is_log), _up(y_title, is_share)
    names = {method: SEARCH_METHODS[method].label for method in USUAL}
    shown = base.transform_calculate(name=f"datum.method == '{GRID}' ? '{names[GRID]}' : '{names[RANDOM]}'")
    methods = shown.transform_filter(f"datum.method != '{OPTIMUM}'")
    colour, shape = _colour_and_shape(list(names.values()))
    tooltip = [
        alt.Tooltip("name:N", title="method"),
        alt.Tooltip("x:Q", title=x_title, format=".3~g"),
        alt.Tooltip("y:Q", title=y_title, format=".1%" if is_share else ".4~g"),
        alt.Tooltip("trials:Q", title="trials here"),
    ]
    scored = methods.transform_filter("isValid(datum.y)")
    layers = [
        *_optimum(base, x),
        scored.mark_point(filled=True, size=70, opacity=0.85).encode(x, y, colour, shape, tooltip=tooltip),
        scored.transform_filter("datum.is_best")
        .mark_point(filled=False, size=RING, strokeWidth=2, opacity=1, tooltip=None)
        .encode(x, y, colour),
    ]
    for method, above in LANES.items():
        layers += _lane(methods, method, above, x, names[method])
    return theme.styled(alt.layer(*layers, height=HEIGHT))


def _colour_and_shape(labels: list[str]) -> tuple[alt.Color, alt.Shape]:
    legend = alt.Legend(symbolOpacity=1, symbolStrokeWidth=0, symbolSize=100)
    colours = alt.Scale(domain=labels, range=[COLOURS[method] for method in USUAL])
    shapes = alt.Scale(domain=labels, range=[SHAPES[method] for method in USUAL])
    return alt.Color("name:N", scale=colours, legend=legend), alt.Shape("name:N", scale=shapes, legend=legend)


def _across(title: str, domain: tuple[float, float], is_log: bool) -> alt.X:
    labels = {"labelExpr": theme.log_label("x"), "values": _powers(*domain)} if is_log else {"format": theme.NUMBER}
    scale = alt.Scale(domain=list(domain), nice=False, **({"type": "log"} if is_log else {}))
    return alt.X("x:Q", title=title, scale=scale, axis=alt.Axis(**labels, grid=False, tickCount=6))


def _up(title: str, is_share: bool) -> alt.Y:
    """Ends above the ticks of the methods."""
    scale = alt.Scale(zero=False, nice=True, rangeMin=alt.expr(f"height - {LANES_HEIGHT}"))
    number = ".0%" if is_share else theme.NUMBER
    axis = alt.Axis(format=number, tickCount=5, minExtent=theme.Y_AXIS_WIDTH)
    return alt.Y("y:Q", title=title, scale=scale, axis=axis)


def _powers(low: float, high: float) -> list[float]:
    """Powers of ten within a range; its ends where there are fewer than two."""
    exponents = range(math.ceil(math.log10(low) - ROUNDING), math.floor(math.log10(high) + ROUNDING) + 1)
    return [10.0**exponent for exponent in exponents] if len(exponents) > 1 else [low, high]


def repeated_trials_alt() -> str:
    return "Scores of one repeat against a single hyperparameter, with a tick for each value that a method tried."


def _optimum(base: alt.Chart, x: alt.X) -> list[alt.Chart]:
    """Where the best score lies: a line, or a band for a target."""
    optimum = base.transform_filter(f"datum.method == '{OPTIMUM}'")
    top, bottom = alt.YValue(0), alt.Y2Value({"expr": "height"})
    look = {"color": theme.VALIDATION, "tooltip": None}
    return [
        optimum.mark_rect(opacity=0.18, **look).encode(x=x, x2=alt.X2("high:Q"), y=top, y2=bottom),
        optimum.mark_rule(strokeWidth=2, strokeDash=theme.DASHES[1], **look).encode(x=x, y=top, y2=bottom),
    ]


def _lane(methods: alt.Chart, method: str, above: float, x: alt.X, name: str) -> list[alt.Chart]:
    """Ticks of one method, and its name left of them."""
    own = methods.transform_filter(f"datum.method == '{method}'")
    ends = {
        "y": alt.YValue({"expr": f"height - {above + TICK}"}),
        "y2": alt.Y2Value({"expr": f"height - {above - TICK}"}),
    }
    look = {"color": COLOURS[method], "tooltip": None}
    words = own.transform_aggregate(rows="count()").mark_text(align="right", fontWeight="bold", **look)
    return [
        own.mark_rule(strokeWidth=2, **look).encode(x=x, **ends),
        words.encode(x=alt.XValue(-4), y=alt.YValue({"expr": f"height - {above}"}), text=alt.TextValue(name)),
    ]
