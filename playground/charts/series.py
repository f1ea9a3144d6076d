"""A few series over one number, with linear or logarithmic axes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import altair as alt
import numpy as np
import pandas as pd

from playground.charts import theme
from playground.charts.depth import LOG_GRID, LOG_LABEL

LOST_SIZE, POINT_SIZE, FAINT_SIZE = 110, 55, 14
MOST_IN_A_ROW = 4  # names of the legend; as many fit a phone
EDGE = 0.04  # share of the axis, where something is lost


@dataclass(frozen=True)
class Look:
    """How one series is drawn.

    Args:
        colour: of its line and points; number: of its dash and its shape, in the theme's order.
        is_line, has_points: what it consists of; points alone are small and faint.
    """

    name: str
    colour: str
    number: int = 0
    is_line: bool = True
    has_points: bool = False


@dataclass(frozen=True)
class Series:
    """Its numbers, (rows,) each.

    Args:
        lost: where there is no y but a cross at the bottom, each with a word such as "diverged"; "" elsewhere.
    """

    name: str
    x: Sequence[float]
    y: Sequence[float | None]
    lost: Sequence[str] = ()


def series_data(series: Iterable[Series], *, log_scale: bool = False) -> pd.DataFrame:
    """Columns series, x, y and lost ("" where y is a number); rows that a log axis cannot show are left out."""
    rows = []
    for one in series:
        lost = one.lost or [""] * len(one.x)
        kept = theme.thinned_curve(np.array([np.nan if y is None else y for y in one.y], dtype=float))
        for index in kept:
            y = one.y[index]
            is_shown = y is not None and np.isfinite(y) and (y > 0 or not log_scale)
            if is_shown or lost[index]:
                rows.append((one.name, float(one.x[index]), float(y) if is_shown else np.nan, lost[index]))
    frame = pd.DataFrame(rows, columns=["series", "x", "y", "lost"])
    return frame.astype({"series": "str", "x": "float64", "y": "float64", "lost": "str"})


def series_chart(
    *,
    name: str,
    looks: tuple[Look, ...],
    x_title: str,
    y_title: str,
    x_log: bool = False,
    y_log: bool = False,
    x_domain: tuple[float, float] | None = None,
    x_ticks: tuple[float, ...] = (),
    y_domain: tuple[float, float] | None = None,
    number: str = theme.NUMBER,
    level: float | None = None,
    height: int = theme.CURVE_HEIGHT,
) -> alt.LayerChart:
    """Lines, points and crosses, one colour, dash and shape a series; reads the named data `name`.

    Args:
        x_domain, y_domain: ends of the axes where they are fixed.
        x_ticks: where the horizontal axis has numbers; empty: where they fit.
        number: format of y on the axis.
        level: where a dashed line goes across.
    """
    base = alt.Chart(alt.NamedData(name))
    x, y = _across(x_title, x_log, x_domain, x_ticks), _up(y_title, y_log, y_domain, number)
    layers = [_level(base, level)] if level is not None else []
    layers += _marks(base, x, y, looks)
    return theme.styled(alt.layer(*layers, height=height))


def _marks(base: alt.Chart, x: alt.X, y: alt.Y, looks: tuple[Look, ...]) -> list[alt.Chart]:
    """Faint points under lines, points on lines, or else unseen ones for the pointer; crosses for what is lost."""
    colour, dash, shape = _told_apart(looks)
    tooltip = [
        alt.Tooltip("series:N", title="what"),
        alt.Tooltip("x:Q", title=x["title"], format=".4~g"),
        alt.Tooltip("y:Q", title=y["title"], format=".4~g"),
    ]

    def of(shown: Iterable[Look]) -> alt.Chart:
        return base.transform_filter(alt.FieldOneOfPredicate(field="series", oneOf=[look.name for look in shown]))

    faint, lines = [look for look in looks if not look.is_line], [look for look in looks if look.is_line]
    dotted = [look for look in lines if look.has_points]
    layers = []
    if faint:
        points = of(faint).mark_point(filled=True, size=FAINT_SIZE, opacity=0.55)
        layers.append(points.encode(x, y, colour, tooltip=tooltip))
    layers.append(of(lines).mark_line(strokeWidth=2.2, strokeJoin="round").encode(x, y, colour, dash))
    if dotted:
        points = of(dotted).mark_point(filled=True, size=POINT_SIZE, opacity=1)
        layers.append(points.encode(x, y, colour, shape, tooltip=tooltip))
    else:
        shown = base.transform_filter("isValid(datum.y)")
        layers.append(shown.mark_point(size=60, opacity=0).encode(x, y, tooltip=tooltip))
    return [*layers, _lost(base, x, colour)]


def _told_apart(looks: tuple[Look, ...]) -> tuple[alt.Color, alt.StrokeDash, alt.Shape]:
    """One legend for all three; a single series has none."""
    names, has_points = [look.name for look in looks], any(look.is_line and look.has_points for look in looks)
    shared = {"columns": MOST_IN_A_ROW, "symbolOpacity": 1}
    legend = alt.Legend(symbolStrokeWidth=0, **shared) if has_points else theme.line_legend(**shared)
    legend = legend if len(looks) > 1 else None
    colours, dashes = [look.colour for look in looks], [theme.DASHES[look.number % 4] for look in looks]
    shapes = alt.Scale(domain=names, range=[theme.CLASS_SHAPES[look.number % 10] for look in looks])
    pair = theme.colour_and_dash("series:N", names, colours, dashes, legend)
    return *pair, alt.Shape("series:N", scale=shapes, legend=legend)


def _lost(base: alt.Chart, x: alt.X, colour: alt.Color) -> alt.Chart:
    """Crosses at the bottom for what has no value."""
    tooltip = [alt.Tooltip("series:N", title="what"), alt.Tooltip("x:Q", title=x["title"]), alt.Tooltip("lost:N")]
    bottom = alt.YValue({"expr": f"height * (1 - {EDGE})"})
    crosses = base.transform_filter("datum.lost != ''").mark_point(
        size=LOST_SIZE, shape="cross", angle=45, filled=True, opacity=1
    )
    return crosses.encode(x=x, y=bottom, color=colour, tooltip=tooltip)


def _level(base: alt.Chart, level: float) -> alt.Chart:
    one_row = base.transform_aggregate(rows="count()")
    rule = one_row.mark_rule(color=theme.MARKER, strokeDash=theme.DASHES[1], tooltip=None)
    return rule.encode(y=alt.YDatum(level))


def _across(title: str, is_log: bool, domain: tuple[float, float] | None, ticks: tuple[float, ...]) -> alt.X:
    labels = {"labelExpr": theme.log_label("x")} if is_log and not ticks else {"format": theme.NUMBER}
    where = {"values": list(ticks)} if ticks else {"tickCount": 8}
    axis = alt.Axis(**labels, **where, grid=False)
    return alt.X("x:Q", title=title, scale=_extent(is_log, domain), axis=axis)


def _up(title: str, is_log: bool, domain: tuple[float, float] | None, number: str) -> alt.Y:
    labels = {"labelExpr": LOG_LABEL, "gridOpacity": LOG_GRID} if is_log else {"format": number}
    axis = alt.Axis(**labels, minExtent=theme.Y_AXIS_WIDTH, tickCount=5)
    return alt.Y("y:Q", title=title, scale=_extent(is_log, domain, nice=not is_log), axis=axis)


def _extent(is_log: bool, domain: tuple[float, float] | None, *, nice: bool = False) -> alt.Scale:
    ends = {"domain": list(domain)} if domain is not None else {}
    return alt.Scale(nice=nice, **({"type": "log"} if is_log else {"zero": False}), **ends)
