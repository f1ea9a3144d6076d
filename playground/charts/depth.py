"""A number for each layer against its depth, measured and by theory."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import altair as alt
import pandas as pd

from playground.charts import theme

MEASURED, THEORY, ROOM = "measured", "theory", "room"  # the last only makes room on the axis
DECADE = 10.0
HEIGHT, LEGEND_HEIGHT = 170, 26  # pixels

# Over more than two decades, powers of ten alone have a label and a grid line.
_IS_MINOR = (
    "domain('y')[1] > 100 * domain('y')[0] && abs(log(datum.value) / LN10 - round(log(datum.value) / LN10)) > 1e-6"
)
LOG_LABEL = f"{_IS_MINOR} ? '' : {theme.log_label('y')}"
LOG_GRID = {"condition": {"test": _IS_MINOR, "value": 0}, "value": 1}


class Series(NamedTuple):
    """One line of points.

    Args:
        values: of the layers, first one first.
        theory: of the same layers; empty for none.
    """

    name: str
    values: Sequence[float | None]
    theory: Sequence[float] = ()


def depth_data(series: Iterable[Series], *, log_scale: bool, span: float = 0.0, first: int = 1) -> pd.DataFrame:
    """Columns depth (of a layer, from `first`), series, kind ("measured", "theory", "room") and value.

    Values that are not finite are left out, and on a log axis those that are not above 0. "room" holds the ends of the
    range that the axis shows at least: one decade on a log axis, `span` above and below 0 on a linear one, so that
    what hardly changes looks flat.
    """
    rows = [
        (depth, one.name, kind, float(value))
        for one in series
        for kind, values in ((MEASURED, one.values), (THEORY, one.theory))
        for depth, value in enumerate(values, start=first)
        if value is not None and math.isfinite(value) and (value > 0 or not log_scale)
    ]
    if rows:
        values = [value for *_, value in rows]
        room = _decade_around(min(values), max(values)) if log_scale else (-span, span)
        rows += [(rows[0][0], rows[0][1], ROOM, end) for end in room]
    frame = pd.DataFrame(rows, columns=["depth", "series", "kind", "value"])
    return frame.astype({"depth": "int16", "series": "str", "kind": "str", "value": "float64"})


def _decade_around(low: float, high: float) -> tuple[float, float]:
    """The range itself when it is wider than a decade, else a decade with the range in its middle."""
    missing = max(DECADE / (high / low), 1.0) ** 0.5
    return low / missing, high * missing


def depth_chart(
    *,
    name: str,
    title: str,
    names: tuple[str, ...],
    colours: tuple[str, ...],
    log_scale: bool,
    x_title: str = "Layer",
    number: str = theme.NUMBER,
    domain: tuple[float, float] | None = None,
) -> alt.LayerChart:
    """Points joined by a thin line where measured, a dashed line by theory; reads the named data `name`.

    Args:
        names, colours: of the series, in the order of the legend; one series has no legend.
        domain: of a linear axis whose ends are fixed.
    """
    base = alt.Chart(alt.NamedData(name))
    x, y = _across(x_title), _up(title, log_scale, number, domain)
    legend = alt.Legend(columns=3, symbolOpacity=1) if len(names) > 1 else None
    colour = alt.Color("series:N", scale=alt.Scale(domain=names, range=colours), legend=legend)
    shape = alt.Shape("series:N", scale=alt.Scale(domain=names, range=theme.VEGA_SHAPES[: len(names)]), legend=legend)
    tooltip = [
        alt.Tooltip("series:N", title="what"),
        alt.Tooltip("depth:Q", title=x_title.lower()),
        alt.Tooltip("value:Q", format=".4~g"),
    ]

    def of(kind: str) -> alt.Chart:
        return base.transform_filter(alt.datum.kind == kind)

    layers = [
        of(ROOM).mark_point(opacity=0, tooltip=None).encode(x, y),
        of(MEASURED).mark_line(strokeWidth=1.2, opacity=0.45, tooltip=None).encode(x, y, colour),
        of(THEORY).mark_line(strokeWidth=2, strokeDash=theme.DASHES[1], tooltip=None).encode(x, y, colour),
        of(MEASURED).mark_point(filled=True, size=42, opacity=1).encode(x, y, colour, shape, tooltip=tooltip),
    ]
    height = HEIGHT + theme.AXIS_HEIGHT + (LEGEND_HEIGHT if legend else 0)
    return theme.styled(alt.layer(*layers, height=height))


def _across(title: str) -> alt.X:
    scale, axis = alt.Scale(nice=False, zero=False, padding=8), alt.Axis(tickMinStep=1, grid=False)
    return alt.X("depth:Q", title=title, scale=scale, axis=axis)


def _up(title: str, log_scale: bool, number: str, domain: tuple[float, float] | None) -> alt.Y:
    extent = {} if domain is None else {"domain": list(domain)}
    scale = alt.Scale(type="log", nice=False) if log_scale else alt.Scale(zero=False, nice=True, **extent)
    looks = {"labelExpr": LOG_LABEL, "gridOpacity": LOG_GRID} if log_scale else {"format": number}
    axis = alt.Axis(**looks, tickCount=5, minExtent=theme.Y_AXIS_WIDTH)
    return alt.Y("value:Q", title=title, scale=scale, axis=axis)
