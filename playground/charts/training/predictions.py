"""Predictions against the truth: the confusion matrix of classes, the scatter of target values."""

import altair as alt
import numpy as np
import pyarrow as pa

from playground.charts import theme
from playground.charts.table import named, table
from playground.jobs.training.snapshot import Predictions


def confusion_data(predictions: Predictions) -> pa.Table:
    """Columns true, predicted (class names), count, share (of the row's true class), on_diagonal."""
    names = [str(name) for name in predictions.class_names]
    if predictions.confusion is None or not names:
        return table({column: np.empty(0) for column in ("true", "predicted", "count", "share", "on_diagonal")})
    counts = np.asarray(predictions.confusion)
    totals = counts.sum(axis=1, keepdims=True)
    shares = np.divide(counts, totals, out=np.zeros(counts.shape), where=totals > 0)
    number = len(names)
    classes = np.arange(number)
    return table(
        {
            "true": named(np.repeat(classes, number), names),
            "predicted": named(np.tile(classes, number), names),
            "count": counts.ravel().astype("int64"),
            "share": shares.ravel(),
            "on_diagonal": np.eye(number, dtype=bool).ravel(),
        }
    )


def confusion_chart(*, num_classes: int) -> alt.LayerChart:
    """Counts as text, colour by the share of the row, right answers framed; reads the named data `confusion`."""
    base = alt.Chart(alt.NamedData("confusion"))
    top = alt.Axis(orient="top", labelAngle=0, labelOverlap=False, labelPadding=4)
    x = alt.X("predicted:N", title="Predicted class", sort=None, scale=alt.Scale(padding=0.06), axis=top)
    y = alt.Y("true:N", title="True class", sort=None, scale=alt.Scale(padding=0.06), axis=alt.Axis(grid=False))
    panel = alt.Scale(domain=[0, 1], range=[theme.PANEL_LOW, theme.PANEL_HIGH], interpolate="rgb")
    tooltip = [
        alt.Tooltip("true:N"),
        alt.Tooltip("predicted:N"),
        alt.Tooltip("count:Q"),
        alt.Tooltip("share:Q", title="share of the row", format=".1%"),
    ]
    cells = base.mark_rect(cornerRadius=2).encode(x, y, alt.Color("share:Q", scale=panel, legend=None), tooltip=tooltip)
    frames = base.transform_filter("datum.on_diagonal").mark_rect(
        filled=False, stroke=theme.MARKER, strokeWidth=1.5, cornerRadius=2, tooltip=None
    )
    on_low, on_high = alt.value(theme.PANEL_TEXT_ON_LOW), alt.value(theme.PANEL_TEXT_ON_HIGH)
    contrasting = alt.condition(f"datum.share > {theme.PANEL_TEXT_SWITCH}", on_high, on_low)
    size = 14 if num_classes <= 4 else 12 if num_classes <= 7 else 11
    texts = base.transform_filter("datum.count > 0").mark_text(fontSize=size, tooltip=None)
    texts = texts.encode(x, y, color=contrasting, text=alt.Text("count:Q"))
    height = int(np.clip(60 * num_classes, 150, 300))
    return theme.styled(alt.layer(cells, frames.encode(x, y), texts, height=height))


def confusion_alt(*, num_classes: int) -> str:
    return f"Confusion matrix of {num_classes} classes on the validation split: true class by row, predicted by column."


def truth_data(predictions: Predictions) -> pa.Table:
    """Columns kind ("sample" or "diagonal"), true, predicted, in the unit of the target; at most 500 samples."""
    true = np.asarray(predictions.true if predictions.true is not None else (), dtype=float)
    predicted = np.asarray(predictions.predicted if predictions.predicted is not None else (), dtype=float)
    kept = np.flatnonzero(np.isfinite(true) & np.isfinite(predicted))
    kept = kept[theme.thinned(kept.size)]
    true, predicted = true[kept], predicted[kept]
    if not kept.size:
        return table({column: np.empty(0) for column in ("kind", "true", "predicted")})
    ends = np.array([min(true.min(), predicted.min()), max(true.max(), predicted.max())])
    return table(
        {
            "kind": named(np.append(np.zeros(kept.size, dtype=np.int8), [1, 1]), ("sample", "diagonal")),
            "true": np.append(true, ends).astype(np.float32),
            "predicted": np.append(predicted, ends).astype(np.float32),
        }
    )


def truth_chart(*, unit: str = "") -> alt.LayerChart:
    """Predicted against true, on the diagonal when right; reads the named data `truth`."""
    base = alt.Chart(alt.NamedData("truth"))
    suffix = f" ({unit})" if unit else ""
    scale, number = alt.Scale(zero=False, nice=False, padding=6), alt.Axis(format=theme.NUMBER, tickCount=5)
    x = alt.X("true:Q", title=f"True{suffix}", scale=scale, axis=number)
    y = alt.Y("predicted:Q", title=f"Predicted{suffix}", scale=scale, axis=number)
    diagonal = base.transform_filter(alt.datum.kind == "diagonal").mark_line(
        color=theme.MARKER, strokeDash=theme.DASHES[1], strokeWidth=1.5, tooltip=None
    )
    tooltip = [alt.Tooltip(f"{field}:Q", format=".4~g") for field in ("true", "predicted")]
    samples = base.transform_filter(alt.datum.kind == "sample").mark_circle(
        color=theme.ACTIVATIONS, size=36, opacity=0.65
    )
    layers = alt.layer(diagonal.encode(x, y), samples.encode(x, y, tooltip=tooltip))
    return theme.styled(layers.properties(height=320))


def truth_alt(*, unit: str = "") -> str:
    where = f" in {unit}" if unit else ""
    return f"Predicted against true target values{where} on the validation split, with the diagonal of right answers."
