"""Many lines in one picture, each named at its right end: told apart by place, colour and dash."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import numpy as np
import pandas as pd

from playground.charts import theme
from playground.charts.depth import LOG_GRID, LOG_LABEL

# Pairs of colour and dash that are all different; OTHER_DASH looks later the colour is the same again.
OTHER_DASH = 20
LOOKS = tuple((theme.CLASS_COLOURS[look % 10], theme.DASHES[(look // 10 + look) % 4]) for look in range(40))
MAX_TIPS = 30  # places along a line that answer to the pointer: each is one element in the browser
LABEL_HEIGHT = 14  # pixels from one name to the next
LEADER = 12  # pixels from the end of a line to its name
FAINT = 0.12  # opacity of the lines that are not pointed at
TALL = 360  # pixels
BEND = 0.002  # of the axis: a point this near to the straight line between its neighbours is not sent


@dataclass(frozen=True)
class NamedLine:
    """One line.

    Args:
        name: stands at its end; no two lines of a picture share one.
        look: number of its colour and dash in LOOKS.
        x, y: (rows,); rows that are not finite are dropped.
    """

    name: str
    look: int
    x: np.ndarray
    y: np.ndarray


def named_line_data(
    lines: Sequence[NamedLine], *, log_scale: bool = False, zero: bool = True, height: int = TALL
) -> pd.DataFrame:
    """The table of a picture of named lines.

    Args:
        log_scale: drop what a log axis cannot show.
        zero: the axis starts at 0.
        height: of the picture in pixels.

    Returns:
        Columns name, look, x, y, label_y (height of the name, on the last row of each line, else missing), tip (answers
        to the pointer).
    """
    parts = [part for part in (_rows(line, log_scale) for line in lines) if len(part)]
    if not parts:
        return pd.DataFrame({name: [] for name in ("name", "look", "x", "y", "label_y", "tip")})
    rows = pd.concat(parts, ignore_index=True)
    ends = np.cumsum([len(part) for part in parts]) - 1
    rows["label_y"] = np.nan
    rows.loc[ends, "label_y"] = _label_heights(rows["y"].to_numpy(), ends, log_scale, zero, height)
    return rows.astype({"name": "category", "look": np.int8, "x": np.float32, "y": np.float32, "label_y": np.float32})


def _rows(line: NamedLine, log_scale: bool) -> pd.DataFrame:
    x, y = np.asarray(line.x, dtype=float), np.asarray(line.y, dtype=float)
    kept = np.flatnonzero(np.isfinite(x) & np.isfinite(y) & ((y > 0) | (not log_scale)))
    x, y = x[kept], y[kept]
    tip = np.zeros(kept.size, dtype=bool)
    tip[theme.thinned(kept.size, MAX_TIPS)] = True
    rows = np.flatnonzero(tip | _is_corner(x, np.log10(y) if log_scale else y))
    rows = rows[theme.thinned_curve(y[rows])]
    return pd.DataFrame({"name": line.name, "look": line.look, "x": x[rows], "y": y[rows], "tip": tip[rows]})


def _is_corner(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Whether a point is needed, when points are joined by straight lines.

    Source: Douglas and Peucker, Algorithms for the reduction of the number of points, 1973.
    """
    needed = np.zeros(len(x), dtype=bool)
    needed[[0, -1] if len(x) else []] = True
    bend = BEND * np.ptp(y) if len(y) else 0.0
    open_parts = [(0, len(x) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        if last - first < 2:
            continue
        inside = slice(first + 1, last)
        away = np.abs(y[inside] - np.interp(x[inside], x[[first, last]], y[[first, last]]))
        if away.max() > bend:
            middle = first + 1 + int(away.argmax())
            needed[middle] = True
            open_parts += [(first, middle), (middle, last)]
    return needed


def _label_heights(y: np.ndarray, ends: np.ndarray, log_scale: bool, zero: bool, height: int) -> np.ndarray:
    """Heights of the names, moved apart until they can be read, and kept inside the axes."""
    y = np.log10(y) if log_scale else y
    low, high = (min(y.min(), 0.0) if zero and not log_scale else y.min()), y.max()
    span = max(high - low, 1e-9 * max(abs(high), 1e-9))
    gap = LABEL_HEIGHT / max(height - theme.AXIS_HEIGHT, LABEL_HEIGHT)
    order = np.argsort(y[ends], kind="stable")
    steps = gap * np.arange(len(ends))
    wanted = (y[ends][order] - low) / span
    places = np.clip(_nearest_rising(wanted - steps) + steps, steps, np.maximum(1 - steps[::-1], steps))
    heights = np.empty(len(ends))
    heights[order] = low + span * places
    return 10**heights if log_scale else heights


def _nearest_rising(values: np.ndarray) -> np.ndarray:
    """The values that never fall and lie nearest to these: neighbours that would fall share their mean."""
    pools: list[tuple[float, int]] = []  # mean, number of values
    for value in values:
        mean, number = float(value), 1
        while pools and pools[-1][0] > mean:
            other, others = pools.pop()
            mean, number = (mean * number + other * others) / (number + others), number + others
        pools.append((mean, number))
    return np.repeat([mean for mean, _ in pools], [number for _, number in pools])


def named_line_chart(
    *,
    name: str,
    x_title: str,
    y_title: str,
    log_scale: bool = False,
    zero: bool = True,
    number: str = ".3~g",
    axis_number: str = theme.NUMBER,
    height: int = TALL,
    room: str = "",
) -> alt.LayerChart:
    """Lines named at their right ends; the one nearest to the pointer stands out. Reads the named data `name`.

    Args:
        number, axis_number: format of the values under the pointer and on the axis.
        room: a name for which there is room at the right, so that stacked charts line up.
    """
    base = alt.Chart(alt.NamedData(name))
    x = alt.X("x:Q", title=x_title, scale=alt.Scale(nice=False, zero=True), axis=alt.Axis(grid=False, tickMinStep=1))
    y = _up(y_title, log_scale, zero, axis_number)
    colour, dash = theme.colour_and_dash("look:N", list(range(len(LOOKS))), *zip(*LOOKS, strict=True), legend=None)
    here = alt.selection_point(name="here", fields=["name"], on="pointerover", clear="pointerout", nearest=True)
    strength = alt.OpacityValue(**alt.when(here).then(alt.value(1)).otherwise(alt.value(FAINT)))
    lines = base.mark_line(strokeWidth=2.2, strokeJoin="round")
    tooltip = [
        alt.Tooltip("name:N", title=" "),
        alt.Tooltip("x:Q", title=x_title, format=".3~g"),
        alt.Tooltip("y:Q", title=y_title, format=number),
    ]
    touched = base.transform_filter("datum.tip").mark_point(size=60, opacity=0)
    layers = [
        lines.encode(x, y, colour, dash, alt.Detail("name:N"), opacity=strength),
        *_names(base.transform_filter("isValid(datum.label_y)"), y, colour, strength, room),
        touched.encode(x, y, tooltip=tooltip).add_params(here),
    ]
    return theme.styled(alt.layer(*layers, height=height))


def _up(title: str, log_scale: bool, zero: bool, number: str) -> alt.Y:
    scale = alt.Scale(type="log", nice=False) if log_scale else alt.Scale(zero=zero)
    labels = {"labelExpr": LOG_LABEL, "gridOpacity": LOG_GRID} if log_scale else {"format": number}
    axis = alt.Axis(**labels, tickCount=6, minExtent=theme.Y_AXIS_WIDTH, maxExtent=theme.Y_AXIS_WIDTH)
    return alt.Y("y:Q", title=title, scale=scale, axis=axis)


def _names(ends: alt.Chart, y: alt.Y, colour: alt.Color, strength: object, room: str) -> list[alt.Chart]:
    """The name of each line, and a thread from the end of the line to it."""
    at = alt.XValue({"expr": "scale('x', datum.x) + 2"})
    beside = {"expr": f"scale('x', datum.x) + {LEADER}"}
    label_y = alt.Y("label_y:Q", title=y["title"], scale=y["scale"])
    threads = ends.mark_rule(strokeWidth=1, tooltip=None)
    texts = ends.mark_text(align="left", dx=2, fontWeight="bold", tooltip=None)
    unseen = ends.mark_text(align="left", dx=2, fontWeight="bold", opacity=0, text=room, tooltip=None)
    return [
        *([unseen.encode(x=alt.XValue(beside), y=label_y)] if room else []),
        threads.encode(x=at, x2=alt.X2Value(beside), y=y, y2=alt.Y2("label_y:Q"), color=colour, opacity=strength),
        texts.encode(x=alt.XValue(beside), y=label_y, text=alt.Text("name:N"), color=colour, opacity=strength),
    ]
