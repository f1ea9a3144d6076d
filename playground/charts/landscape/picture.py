"""Paths of several optimizers over the loss of the actual network: the picture, their losses and curvatures."""

import altair as alt
import numpy as np
import pandas as pd

from playground.catalog import OPTIMIZERS
from playground.charts import theme
from playground.charts.byte_message import byte_message
from playground.charts.contours import FULL, UNKNOWN, LogScale
from playground.charts.optimizer_look import optimizer_look
from playground.jobs.landscape.snapshot import LandscapeSnapshot, RunPath

CURVATURE, LIMIT = "curvature", "limit"
WAITING = "The paths appear when all optimizers have run."


def landscape_payload(snapshot: LandscapeSnapshot) -> bytes:
    """A `byte_message` with everything that the canvas draws (playground/ui/landscape/canvas.js), colours included.

    Header: size R of the surface (0 before there is one), left, bottom, side of the window, low and high of the loss,
    labels of the levels, paths [{label, colour, shape, dash, first, count}], axes, centre (label), waiting (text in
    place of a picture), alt. Arrays: values (R * R, uint16 codes, row 0 at the bottom), levels (codes, float32), points
    (2 T, float32), losses (T, float32) and steps (T, float32) of all paths one after the other.
    """
    shown = [run for run in snapshot.runs if run.points is not None] if snapshot.window else []
    surface = np.empty((0, 0)) if snapshot.surface is None else snapshot.surface
    scale = LogScale.of(surface if surface.size else _joined([run.plane_losses for run in shown]))
    levels, _ = scale.levels()
    left, bottom, side = snapshot.window or (0.0, 0.0, 1.0)
    firsts = np.cumsum([0, *(len(run.steps) for run in shown)])
    header = {
        **{"size": len(surface), "left": left, "bottom": bottom, "side": side},
        **{"low": scale.low, "high": scale.high, "full": FULL, "unknown": UNKNOWN},
        "colour": theme.VALLEY,
        "labels": [f"{level:.2g}" for level in levels],
        "paths": [
            {**optimizer_look(run.optimizer), "first": int(first), "count": len(run.steps)}
            for run, first in zip(shown, firsts, strict=False)
        ],
        "axes": _axis_names(snapshot),
        "waiting": "" if snapshot.window else WAITING,
        "alt": landscape_alt(),
    }
    arrays = {
        "values": scale.codes(surface).ravel(),
        "levels": scale.codes(levels).astype(np.float32),
        "points": _joined([run.points.ravel() for run in shown]).astype(np.float32),
        "losses": _joined([run.losses for run in shown]).astype(np.float32),
        "steps": _joined([run.steps for run in shown]).astype(np.float32),
    }
    return byte_message(header, arrays)


def landscape_alt() -> str:
    return "Contour map of the training loss over a plane through weight space, with the path of each optimizer."


def _axis_names(snapshot: LandscapeSnapshot) -> list[str]:
    shares = [f"{share:.0%}" if share >= 0.01 else "under 1%" for share in snapshot.shares]
    ends = [f" ({share} of the movement)" if snapshot.window else "" for share in shares]
    return [f"{name} direction{end}" for name, end in zip(("first", "second"), ends, strict=True)]


def _joined(parts: list[np.ndarray]) -> np.ndarray:
    return np.concatenate(parts) if parts else np.empty(0)


def path_loss_data(snapshot: LandscapeSnapshot) -> pd.DataFrame:
    """Columns optimizer (label), step, loss: the true training loss along each path; what no log axis shows is left."""
    parts = [_rows(run, run.steps, run.losses) for run in snapshot.runs]
    return _frame(parts, "loss")


def path_loss_chart(*, optimizers: tuple[str, ...], unit: str) -> alt.Chart:
    """Training loss against the step, a colour and a dash for each optimizer; reads the named data `path_losses`."""
    x = _step_axis()
    y = _log_axis("loss", f"Training loss ({unit}, log)")
    tooltip = [alt.Tooltip("optimizer:N"), alt.Tooltip("step:Q"), alt.Tooltip("loss:Q", format=".3~g")]
    lines = alt.Chart(alt.NamedData("path_losses")).mark_line(strokeWidth=2, strokeJoin="round")
    lines = lines.encode(x, y, _colour(optimizers, _LEGEND), _dash(optimizers, _LEGEND), tooltip=tooltip)
    return theme.styled(lines.properties(height=theme.CURVE_HEIGHT))


def path_loss_alt() -> str:
    return "Training loss against the step on a logarithmic axis, one line for each optimizer."


def curvature_data(snapshot: LandscapeSnapshot) -> pd.DataFrame:
    """Columns optimizer (label), step, value, kind: "curvature", or "limit" with its name in text on the last row."""
    parts = []
    for run in snapshot.runs:
        parts.append(_rows(run, run.curvature_steps, run.curvatures).assign(kind=CURVATURE, text=""))
        limits = _rows(run, run.curvature_steps, run.limits).assign(kind=LIMIT, text="")
        if len(limits):
            limits.loc[limits.index[-1], "text"] = f"limit of {OPTIMIZERS[run.optimizer].label}"
        parts.append(limits)
    return _frame(parts, "value")


def curvature_chart(*, optimizers: tuple[str, ...]) -> alt.LayerChart:
    """Largest Hessian eigenvalue against the step (marked lines), and what each optimizer bears (thin lines).

    Reads the named data `curvatures`.
    """
    base = alt.Chart(alt.NamedData("curvatures"))
    x, colour, dash = _step_axis(), _colour(optimizers), _dash(optimizers)
    y = _log_axis("value", "Largest curvature (log)")
    tooltip = [
        alt.Tooltip("optimizer:N"),
        alt.Tooltip("kind:N"),
        alt.Tooltip("step:Q"),
        alt.Tooltip("value:Q", format=".3~g"),
    ]
    bends = base.transform_filter(alt.datum.kind == CURVATURE)
    lines = bends.mark_line(strokeWidth=1.8, strokeJoin="round").encode(x, y, colour, dash)
    labels = [OPTIMIZERS[name].label for name in optimizers]
    shapes = _vega_shapes(optimizers)
    shape = alt.Shape("optimizer:N", scale=alt.Scale(domain=labels, range=shapes), legend=None)
    marks = bends.mark_point(filled=True, size=42, opacity=1).encode(x, y, colour, shape, tooltip=tooltip)
    limits = base.transform_filter(alt.datum.kind == LIMIT)
    rules = limits.mark_line(strokeWidth=1.4, strokeDash=theme.DASHES[2], opacity=0.9).encode(x, y, colour)
    names = limits.transform_filter("datum.text != ''").mark_text(align="right", dy=-7, fontWeight="bold")
    names = names.encode(x, y, colour, text=alt.Text("text:N"), tooltip=tooltip)
    return theme.styled(alt.layer(rules, lines, marks, names, height=theme.CURVE_HEIGHT))


def curvature_alt() -> str:
    return "Largest curvature of the loss against the step for each optimizer, with the limit of gradient descent."


# What Vega calls the shapes of the canvas; where it has none, one that is not in use.
_VEGA_SHAPES = {"pentagon": "triangle-left", "wedge": "triangle-down", "plus": "stroke"}


def _vega_shapes(optimizers: tuple[str, ...]) -> list[str]:
    looks = [optimizer_look(name)["shape"] for name in optimizers]
    return [_VEGA_SHAPES.get(shape, shape) for shape in looks]


def _rows(run: RunPath, steps: np.ndarray, values: np.ndarray) -> pd.DataFrame:
    with np.errstate(invalid="ignore"):
        kept = np.isfinite(values) & (values > 0)
    columns = {"step": np.asarray(steps)[kept].astype(float), "value": np.asarray(values, dtype=float)[kept]}
    return pd.DataFrame({"optimizer": OPTIMIZERS[run.optimizer].label, **columns})


def _frame(parts: list[pd.DataFrame], name: str) -> pd.DataFrame:
    empty = pd.DataFrame({"optimizer": pd.Series(dtype=str), "step": [], "value": []}).astype({"step": float})
    joined = pd.concat([part for part in parts if len(part)], ignore_index=True) if any(map(len, parts)) else empty
    return joined.rename(columns={"value": name})


def _step_axis() -> alt.X:
    return alt.X("step:Q", title="Step", scale=alt.Scale(nice=False), axis=alt.Axis(tickMinStep=1, grid=False))


def _log_axis(field: str, title: str) -> alt.Y:
    width = theme.Y_AXIS_WIDTH
    axis = alt.Axis(labelExpr=theme.log_label("y"), minExtent=width, maxExtent=width, tickCount=5)
    return alt.Y(f"{field}:Q", title=title, scale=alt.Scale(type="log", nice=False), axis=axis)


# As many entries beside each other as fit.
_LEGEND = theme.line_legend(columns=alt.ExprRef("max(1, floor(width / 120))"))


def _colour(optimizers: tuple[str, ...], legend: alt.Legend | None = None) -> alt.Color:
    looks = [optimizer_look(name) for name in optimizers]
    scale = alt.Scale(domain=[look["label"] for look in looks], range=[look["colour"] for look in looks])
    return alt.Color("optimizer:N", scale=scale, legend=legend)


def _dash(optimizers: tuple[str, ...], legend: alt.Legend | None = None) -> alt.StrokeDash:
    looks = [optimizer_look(name) for name in optimizers]
    scale = alt.Scale(domain=[look["label"] for look in looks], range=[look["dash"] for look in looks])
    return alt.StrokeDash("optimizer:N", scale=scale, legend=legend)
