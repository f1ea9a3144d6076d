"""Histograms of activations and of gradients, one row a layer, the first layer on top."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pyarrow as pa

from playground.charts import theme
from playground.charts.table import named, table
from playground.jobs.training.snapshot import Layer, LayerHistogram

FILL = 0.9  # share of a row that its tallest bin takes


def row_height(num_layers: int) -> int:
    """Pixels of one layer's row: generous for few layers, still readable for 50."""
    return int(np.clip(320 / max(num_layers, 1), 13, 56))


def activation_data(layers: Sequence[Layer]) -> pa.Table:
    """Histograms of the activations; columns as in `histogram_rows`."""
    return histogram_rows([(layer.name, layer.activations) for layer in layers])


def activation_chart(*, num_layers: int) -> alt.LayerChart:
    """Rows share the activation axis, so that a signal that shrinks or grows is seen; reads `activations`."""
    return ridge_chart("activations", "Activation", theme.ACTIVATIONS, num_layers)


def activation_alt(*, num_layers: int) -> str:
    return f"Histograms of the activations of {num_layers} layers on one axis, first layer on top."


def gradient_data(layers: Sequence[Layer]) -> pa.Table:
    """Histograms of the gradients of the last update; columns as in `histogram_rows`."""
    return histogram_rows([(layer.name, layer.gradients) for layer in layers])


def gradient_chart(*, num_layers: int) -> alt.LayerChart:
    """Rows share the gradient axis, so that a gradient that vanishes or explodes is seen; reads `gradients`."""
    return ridge_chart("gradients", "Gradient of the loss with respect to a weight", theme.GRADIENTS, num_layers)


def gradient_alt(*, num_layers: int) -> str:
    return f"Histograms of the weight gradients of {num_layers} layers on one axis, first layer on top."


def histogram_rows(histograms: Sequence[tuple[str, LayerHistogram | None]], *, power: float = 1.0) -> pa.Table:
    """Outlines of histograms stacked in rows.

    Args:
        power: of the counts that the outline shows; 0.5 makes tails visible beside a spike.

    Returns:
        Columns layer (name), row (0 for the first), value (left edge of a bin), top and floor (where the outline and
        the base line are, in rows from the top; the tallest bin of a row is FILL high), share (of all values of the
        layer), first (whether it is the layer's first line). A layer without a histogram has one line without a value.
    """
    names = [name for name, _ in histograms]
    parts = [_outline(row, histogram, power) for row, (_, histogram) in enumerate(histograms)]
    columns = {
        column: np.concatenate([part[column] for part in parts] or [np.empty(0)])
        for column in ("row", "value", "top", "floor", "share", "first")
    }
    return table({"layer": named(columns["row"].astype(np.int16), names), **columns})


def _outline(row: int, histogram: LayerHistogram | None, power: float) -> dict[str, np.ndarray]:
    if histogram is None or not np.all(np.isfinite(histogram.edges)) or not np.sum(histogram.counts) > 0:
        edges, heights, shares = (np.full(1, np.nan) for _ in range(3))
    else:
        counts = np.append(np.asarray(histogram.counts, dtype=float), 0.0)
        edges, heights, shares = histogram.edges, FILL * (counts / counts.max()) ** power, counts / counts.sum()
        edges, heights, shares = (values[: theme.MAX_POINTS] for values in (edges, heights, shares))
    rows = len(edges)
    return {
        "row": np.full(rows, row, dtype=np.int16),
        "value": np.asarray(edges, dtype=np.float32),
        "top": (row + 1 - heights).astype(np.float32),
        "floor": np.full(rows, row + 1.0, dtype=np.float32),
        "share": shares.astype(np.float32),
        "first": np.arange(rows) == 0,
    }


def ridge_chart(name: str, title: str, colour: str, num_layers: int) -> alt.LayerChart:
    """Outlines of `histogram_rows` on one axis with this title; reads the named data `name`."""
    base = alt.Chart(alt.NamedData(name))
    x = alt.X(
        "value:Q", title=title, scale=alt.Scale(nice=True, zero=False), axis=alt.Axis(format=theme.NUMBER, tickCount=6)
    )
    y = alt.Y("top:Q", scale=alt.Scale(domain=[0, num_layers], reverse=True, nice=False), axis=None)
    ridges = base.transform_filter("isValid(datum.value)").mark_area(
        interpolate="step-after",
        fillOpacity=0.55,
        line={"color": colour, "strokeWidth": 1, "interpolate": "step-after"},  # a spike of no width stays visible
        color=colour,
        tooltip=None,
    )
    ridges = ridges.encode(x, y, alt.Y2("floor:Q"), alt.Detail("row:O"))
    zero = alt.Chart(alt.NamedData(name)).transform_filter("datum.first && datum.row == 0")
    zero = zero.mark_rule(color=theme.MARKER, strokeDash=theme.DASHES[2]).encode(x=alt.XDatum(0))
    names = base.transform_filter("datum.first").mark_point(opacity=0)
    names = names.encode(layer_axis())
    rows = alt.layer(zero, ridges, names).resolve_scale(y="independent")
    return theme.styled(rows.properties(height=row_height(num_layers) * num_layers + theme.AXIS_HEIGHT))


def layer_axis(**gaps: float) -> alt.Y:
    """A band a layer, in the order of the rows, first layer on top; `gaps` are paddings of its scale."""
    axis = alt.Axis(title=None, minExtent=60, grid=False, labelOverlap=False)
    return alt.Y("layer:N", sort=None, scale=alt.Scale(type="band", **(gaps or {"padding": 0})), axis=axis)
