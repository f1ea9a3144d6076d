"""One number or two a layer: dead and saturated shares, mean and spread, gradient norm."""

import math
from collections.abc import Iterable, Sequence

import altair as alt
import numpy as np
import pyarrow as pa

from playground.charts import theme
from playground.charts.histograms import layer_axis, row_height
from playground.charts.table import table
from playground.jobs.training.snapshot import Layer

MAX_NUMBERED_LAYERS = 14  # above that, a bar has no room for its text
KINDS = ("dead", "saturated")
LEGEND_HEIGHT = 26  # pixels


def share_data(layers: Sequence[Layer]) -> pa.Table:
    """Columns layer, kind ("dead", "saturated"), share in [0, 1] (missing where the activation cannot be it), text."""
    rows = [(layer.name, kind, _finite(getattr(layer, kind))) for layer in layers for kind in KINDS]
    return table(
        {
            "layer": [name for name, _, _ in rows],
            "kind": [kind for _, kind, _ in rows],
            "share": _numbers(share for _, _, share in rows),
            "text": [f"{kind}: not possible" if share is None else f"{share:.0%} {kind}" for _, kind, share in rows],
        }
    )


def share_chart(*, num_layers: int) -> alt.LayerChart:
    """Bars of 0 to 100%: dead filled, saturated outlined; reads the named data `shares`."""
    base = alt.Chart(alt.NamedData("shares"))
    axis = alt.Axis(format=".0%", tickCount=5)
    x = alt.X(
        "share:Q", title="Dead units or filters, saturated outputs (%)", scale=alt.Scale(domain=[0, 1]), axis=axis
    )
    y = layer_axis(paddingInner=0.25, paddingOuter=0.12)
    offset = alt.YOffset("kind:O", sort=KINDS)
    colours = alt.Scale(domain=KINDS, range=[theme.DEAD, theme.SATURATED])
    filled = alt.Scale(type="ordinal", domain=KINDS, range=[0.9, 0.15])
    has_texts = num_layers <= MAX_NUMBERED_LAYERS
    legend = None if has_texts else alt.Legend()
    tooltip = [alt.Tooltip("layer:N"), alt.Tooltip("kind:N"), alt.Tooltip("share:Q", format=".1%")]
    bars = base.mark_bar(strokeWidth=1.2).encode(
        x,
        y,
        offset,
        alt.Color("kind:O", scale=colours, legend=legend),
        alt.Stroke("kind:O", scale=colours, legend=legend),
        alt.FillOpacity("kind:O", scale=filled, legend=legend),
        tooltip=tooltip,
    )
    layers = [bars]
    if has_texts:
        is_long = "datum.share > 0.85"  # its number stands inside the bar
        align, dx = {"expr": f"{is_long} ? 'right' : 'left'"}, {"expr": f"{is_long} ? -5 : 5"}
        text = base.mark_text(align=align, dx=dx, tooltip=None)
        at = alt.X("at:Q").title(None)
        layers.append(text.transform_calculate(at="datum.share || 0").encode(at, y, offset, text=alt.Text("text:N")))
    height = max(row_height(num_layers), 20) * num_layers + (0 if has_texts else LEGEND_HEIGHT)
    return _layer_rows(layers, height=height)


def share_alt(*, num_layers: int) -> str:
    return (
        f"Share of dead units and of saturated outputs in each of {num_layers} layers, first layer on top. A filter is "
        "dead if it fires for no sample at any position."
    )


def spread_data(layers: Sequence[Layer]) -> pa.Table:
    """Columns layer, mean, std, low and high (mean -+ std) of the activations; missing where not finite."""
    mean, std = (_numbers(_finite(getattr(layer, name)) for layer in layers) for name in ("mean", "std"))
    names = [layer.name for layer in layers]
    return table({"layer": names, "mean": mean, "std": std, "low": mean - std, "high": mean + std})


def spread_chart(*, num_layers: int) -> alt.LayerChart:
    """A dot at the mean, a bar from mean - std to mean + std, a rule at 0; reads the named data `spreads`."""
    base = alt.Chart(alt.NamedData("spreads"))
    title = "Activation: mean \u00b1 standard deviation"
    tooltip = [alt.Tooltip("layer:N"), alt.Tooltip("mean:Q", format=".4~g"), alt.Tooltip("std:Q", format=".4~g")]
    axis = alt.Axis(format=theme.NUMBER, tickCount=6)
    bars = base.mark_rule(color=theme.ACTIVATIONS, strokeWidth=3, opacity=0.55, strokeCap="round")
    bars = bars.encode(alt.X("low:Q", title=title, axis=axis), alt.X2("high:Q"), layer_axis(), tooltip=tooltip)
    dots = base.mark_point(color=theme.ACTIVATIONS, filled=True, opacity=1, size=50)
    dots = dots.encode(alt.X("mean:Q", title=title), layer_axis(), tooltip=tooltip)
    zero = base.mark_rule(color=theme.MARKER, strokeDash=theme.DASHES[2]).encode(x=alt.XDatum(0))
    return _layer_rows([zero, bars, dots], height=min(row_height(num_layers), 34) * num_layers)


def spread_alt(*, num_layers: int) -> str:
    return f"Mean and standard deviation of the activations of {num_layers} layers, first layer on top."


def grad_norm_data(layers: Sequence[Layer]) -> pa.Table:
    """Columns layer, row (0 for the first), grad_norm; missing where a log axis cannot show it."""
    norms = _numbers(_finite(layer.grad_norm) for layer in layers)
    norms[~(norms > 0)] = np.nan
    names = [layer.name for layer in layers]
    return table({"layer": names, "row": np.arange(len(names), dtype=np.int16), "grad_norm": norms})


def grad_norm_chart(*, num_layers: int) -> alt.LayerChart:
    """Gradient norm on a log axis, layers joined from the first to the last; reads the named data `grad_norms`."""
    base = alt.Chart(alt.NamedData("grad_norms"))
    scale, axis = alt.Scale(type="log", nice=False), alt.Axis(labelExpr=theme.log_label("x"), tickCount=6)
    x = alt.X("grad_norm:Q", title="Norm of the weight gradient (log)", scale=scale, axis=axis)
    line = base.mark_line(color=theme.GRADIENTS, strokeWidth=1.5, opacity=0.6, tooltip=None)
    line = line.encode(x, layer_axis(), alt.Order("row:Q"))
    dots = base.mark_point(color=theme.GRADIENTS, filled=True, opacity=1, size=50)
    tooltip = [alt.Tooltip("layer:N"), alt.Tooltip("grad_norm:Q", title="gradient norm", format=".4~g")]
    dots = dots.encode(x, layer_axis(), tooltip=tooltip)
    return _layer_rows([line, dots], height=min(row_height(num_layers), 34) * num_layers)


def grad_norm_alt(*, num_layers: int) -> str:
    return f"Norm of the weight gradient of {num_layers} layers on a logarithmic axis, first layer on top."


def _layer_rows(layers: list[alt.Chart], *, height: int) -> alt.LayerChart:
    return theme.styled(alt.layer(*layers, height=height + theme.AXIS_HEIGHT))


def _numbers(values: Iterable[float | None]) -> np.ndarray:
    """As one column of its type from the start: converting a small frame costs more than making it."""
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def _finite(value: float | None) -> float | None:
    return float(value) if value is not None and math.isfinite(value) else None
