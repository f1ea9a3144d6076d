"""The size of an update against the size of the weights, layer by layer."""

from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pyarrow as pa

from playground.charts import theme
from playground.charts.table import named, table
from playground.spec import number_text

GUIDE, FAST = 1e-3, 1e-2  # both rough: how large it may be, and above which it is often too fast
NO_LAYER = -1  # the row of the two ends of the epoch axis
MAX_LABELS = 8  # names at the right end of the lines; with more layers only the first, the middle and the last
GAP = 0.07  # least distance of two names, as a share of the axis: a name is about 13 of 230 pixels high


def update_ratio_data(layer_history: Mapping[str, np.ndarray], names: Sequence[str], *, end: float) -> pa.Table:
    """One line a layer; values that a log axis cannot show are dropped.

    Args:
        layer_history: "epoch" and "update_ratio", (R, L) each.
        names: L names, first layer first.
        end: last epoch of the axis, as `curve_rows.last_epoch` gives it.

    Returns:
        Columns layer, row (0 for the first), dash (row modulo the number of dashes), epoch, ratio, label_y (height of
        the name, on the last row of a line that is named, else missing); last two rows for the ends of the epoch axis.
    """
    lines = [_line(layer_history, number) for number in range(len(names))]
    rows = np.repeat(np.arange(len(names), dtype=np.int16), [line.shape[1] for line in lines])
    epochs, ratios = np.concatenate(lines, axis=1) if lines else np.empty((2, 0))
    shown = (epochs <= end) & np.isfinite(ratios) & (ratios > 0)
    rows, epochs, ratios = rows[shown], epochs[shown], ratios[shown]
    rows = np.append(rows, np.full(2, NO_LAYER, dtype=np.int16))
    columns = {
        "layer": named(rows, names),
        "row": rows,
        "dash": (rows % len(theme.DASHES)).astype(np.int8),
        "epoch": np.append(epochs, [0.0, end]).astype(np.float32),
        "ratio": np.append(ratios, [np.nan, np.nan]).astype(np.float32),
        "label_y": _label_heights(rows, np.append(ratios, [np.nan, np.nan]), len(names)).astype(np.float32),
    }
    return table(columns)


def _line(layer_history: Mapping[str, np.ndarray], number: int) -> np.ndarray:
    """(2, points) epochs and ratios of one layer, its spikes among them."""
    columns = [layer_history.get(name) for name in ("epoch", "update_ratio")]
    if any(column is None for column in columns):
        return np.empty((2, 0))
    line = np.array([column[:, number] for column in columns], dtype=float)
    return line[:, theme.thinned_curve(line[1])]


def update_ratio_chart(*, num_layers: int) -> alt.LayerChart:
    """A line a layer on a log axis, named at its right end, with the dashed GUIDE; reads `update_ratios`."""
    base = alt.Chart(alt.NamedData("update_ratios"))
    axis_x = alt.Axis(tickMinStep=1, grid=False)
    x = alt.X("epoch:Q", title="Epoch", scale=alt.Scale(nice=False), axis=axis_x)
    axis_y = alt.Axis(
        labelExpr=theme.log_label("y"), minExtent=theme.Y_AXIS_WIDTH, maxExtent=theme.Y_AXIS_WIDTH, tickCount=6
    )
    title = "Update / weight size (log)"
    scale = alt.Scale(type="log", nice=False)
    y = alt.Y("ratio:Q", title=title, scale=scale, axis=axis_y)
    ends = alt.Scale(domain=[0, max(num_layers - 1, 1)], range=[theme.FIRST_LAYER, theme.LAST_LAYER], interpolate="hcl")
    colour = alt.Color("row:Q", scale=ends, legend=None)
    dashes = alt.Scale(domain=[*range(len(theme.DASHES))], range=theme.DASHES)
    dash = alt.StrokeDash("dash:O", scale=dashes, legend=None)
    tooltip = [alt.Tooltip("layer:N"), alt.Tooltip("ratio:Q", title="last ratio", format=".3~g")]
    lines = base.transform_filter("datum.row >= 0").mark_line(strokeWidth=1.8)
    lines = lines.encode(x, y, colour, dash, alt.Detail("row:O"))
    labels = base.transform_filter("isValid(datum.label_y)").mark_text(align="left", dx=5, fontWeight="bold")
    labels = labels.encode(
        x, alt.Y("label_y:Q", title=title, scale=scale), colour, text=alt.Text("layer:N"), tooltip=tooltip
    )
    ends_of_axis = base.transform_filter("datum.row < 0")
    edge = ends_of_axis.mark_point(opacity=0).encode(x)
    at = alt.YDatum(GUIDE, scale=scale)
    guide = ends_of_axis.mark_rule(color=theme.MARKER, strokeWidth=1.5, strokeDash=theme.DASHES[1], tooltip=None)
    return theme.styled(alt.layer(lines, guide.encode(y=at), labels, edge, height=theme.CURVE_HEIGHT))


def update_ratio_alt(*, num_layers: int) -> str:
    return (
        f"Size of an update over the size of the weights against the epoch, one line for each of {num_layers} layers, "
        f"on a logarithmic axis with a guide line at {number_text(GUIDE)}."
    )


def _label_heights(rows: np.ndarray, ratios: np.ndarray, num_layers: int) -> np.ndarray:
    """Heights of the names of the lines, moved apart until they can be read; missing where no name stands."""
    heights = np.full(rows.shape, np.nan)
    named = range(num_layers) if num_layers <= MAX_LABELS else (0, num_layers // 2, num_layers - 1)
    last = [int(np.flatnonzero(rows == row)[-1]) for row in named if np.any(rows == row)]
    if not last:
        return heights
    logs = np.log10(np.append(ratios[rows >= 0], GUIDE))
    gap = GAP * max(float(np.ptp(logs)), 0.1)
    last.sort(key=lambda index: ratios[index])
    places = np.log10(ratios[last])
    spread = np.maximum.accumulate(places - gap * np.arange(len(places))) + gap * np.arange(len(places))
    spread -= (spread - places).mean()  # as far up as down
    heights[last] = 10**spread
    return heights
