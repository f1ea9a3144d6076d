"""Units that never fire: their share over the epochs, and where they stand around the data."""

import math
from collections.abc import Iterator

import altair as alt
import numpy as np
import pandas as pd

from playground.charts import theme
from playground.jobs.activations.dead_units import DeadUnitsRun, DeadUnitsSnapshot

COLOURS = (theme.DEAD, theme.ACTIVATIONS, theme.CLASS_COLOURS[4])
HEIGHT = 250  # pixels
CLOUD_HEIGHT = 330
TICK = 0.06  # of the extent: length of the mark on the side where a unit fires
SAMPLE, BOUNDARY, SIDE = "sample", "boundary", "side"  # kinds of rows
FIRING, SILENT = "fires somewhere", "never fires"


def silent_data(snapshot: DeadUnitsSnapshot) -> pd.DataFrame:
    """Columns run, epoch, share in [0, 1] of hidden units above 0 for no training sample; no row where not finite."""
    rows = [
        (run.name, epoch, share)
        for run in snapshot.runs
        for epoch, share in zip(run.epochs, run.silent, strict=True)
        if share is not None
    ]
    frame = pd.DataFrame(rows, columns=["run", "epoch", "share"])
    return frame.astype({"run": "str", "epoch": "int32", "share": "float64"})


def silent_chart(*, names: tuple[str, ...], num_epochs: int) -> alt.LayerChart:
    """0 to 100% over the whole run, a colour and a dash a run; reads the named data `silent`."""
    base = alt.Chart(alt.NamedData("silent"))
    scale = alt.Scale(domain=[0, num_epochs], nice=False)
    x = alt.X("epoch:Q", title="Epoch", scale=scale, axis=alt.Axis(tickMinStep=1, grid=False))
    axis = alt.Axis(format=".0%", tickCount=5, minExtent=theme.Y_AXIS_WIDTH)
    y = alt.Y("share:Q", title="Units that never fire (%)", scale=alt.Scale(domain=[0, 1]), axis=axis)
    colours, dashes = COLOURS[: len(names)], theme.DASHES[: len(names)]
    legend = theme.line_legend(columns=2, labelLimit=220)
    colour, dash = theme.colour_and_dash("run:N", names, colours, dashes, legend)
    tooltip = [alt.Tooltip("run:N"), alt.Tooltip("epoch:Q"), alt.Tooltip("share:Q", format=".1%")]
    lines = base.mark_line(strokeWidth=2.5, strokeJoin="round", tooltip=None).encode(x, y, colour, dash)
    dots = base.mark_point(filled=True, size=34, opacity=1).encode(x, y, colour, tooltip=tooltip)
    return theme.styled(alt.layer(lines, dots, height=HEIGHT + theme.AXIS_HEIGHT))


def silent_alt() -> str:
    return "Share of hidden units that fire for no training sample against the epoch, one line a network."


def cloud_data(snapshot: DeadUnitsSnapshot, run: DeadUnitsRun, *, extent: float) -> pd.DataFrame:
    """Training samples, and the line on which each unit of the first hidden layer is 0.

    Returns:
        Columns kind ("sample", "boundary", or "side": a tick towards where the unit fires), state ("fires somewhere" or
        "never fires"), target, x, y, x2, y2. Units whose line leaves the square [-extent, extent]^2 have no row.
    """
    points = np.empty((0, 2)) if snapshot.points is None else snapshot.points
    kept = theme.thinned(len(points))
    samples = pd.DataFrame({"kind": SAMPLE, "x": points[kept, 0], "y": points[kept, 1]})
    samples["target"] = [] if snapshot.targets is None else np.asarray(snapshot.targets, dtype=float)[kept]
    columns = ["kind", "state", "x", "y", "x2", "y2"]
    lines = pd.DataFrame(list(_unit_rows(run, extent)), columns=columns)
    rows = pd.concat([part for part in (samples, lines) if len(part)] or [samples], ignore_index=True)
    rows = rows.reindex(columns=["kind", "state", "target", "x", "y", "x2", "y2"])
    return rows.astype(dict.fromkeys(("target", "x", "y", "x2", "y2"), "float64") | {"state": "object"})


def _unit_rows(run: DeadUnitsRun, extent: float) -> Iterator[tuple]:
    for (first, second, bias), is_silent in zip(run.units, run.is_silent, strict=False):
        ends = clipped_line(first, second, bias, extent)
        if ends is None:
            continue
        state = SILENT if is_silent else FIRING
        (x, y), (x2, y2) = ends
        yield BOUNDARY, state, x, y, x2, y2
        length = math.hypot(first, second)
        middle = (x + x2) / 2, (y + y2) / 2
        tick = TICK * extent / length
        yield SIDE, state, *middle, middle[0] + tick * first, middle[1] + tick * second


def clipped_line(first: float, second: float, bias: float, extent: float) -> list[tuple[float, float]] | None:
    """The two ends of `first x + second y + bias = 0` in the square [-extent, extent]^2; None where it misses it."""
    length = math.hypot(first, second)
    if not math.isfinite(length + bias) or length == 0 or abs(bias) > 4 * extent * length:
        return None
    foot = np.array([-first, -second]) * bias / length**2
    along = np.array([-second, first]) / length
    low, high = -math.inf, math.inf
    for start, step in zip(foot, along, strict=True):
        if abs(step) < 1e-12:
            if abs(start) > extent:
                return None
            continue
        near, far = sorted(((-extent - start) / step, (extent - start) / step))
        low, high = max(low, near), min(high, far)
    if low >= high:
        return None
    return [tuple(float(number) for number in foot + along * end) for end in (low, high)]


def cloud_chart(*, extent: float) -> alt.LayerChart:
    """Samples by colour and shape, a line a unit, dashed where it never fires; reads the named data `cloud`."""
    base = alt.Chart(alt.NamedData("cloud"))
    scale = alt.Scale(domain=[-extent, extent], nice=False)
    axis = alt.Axis(tickCount=5, grid=False)
    x, y = alt.X("x:Q", title="x1", scale=scale, axis=axis), alt.Y("y:Q", title="x2", scale=scale, axis=axis)
    colour = alt.Color("target:N", scale=alt.Scale(range=list(theme.CLASS_COLOURS)), legend=None)
    shape = alt.Shape("target:N", scale=alt.Scale(range=list(theme.VEGA_SHAPES)), legend=None)
    samples = base.transform_filter(alt.datum.kind == SAMPLE).mark_point(filled=True, size=16, opacity=0.45)

    def units(kind: str, state: str, **look: object) -> alt.Chart:
        chosen = base.transform_filter((alt.datum.kind == kind) & (alt.datum.state == state))
        return chosen.mark_rule(tooltip=None, **look).encode(x, y, alt.X2("x2:Q"), alt.Y2("y2:Q"))

    dead = {"color": theme.DEAD, "strokeWidth": 2.4, "opacity": 0.9}
    alive = {"color": theme.MARKER, "strokeWidth": 1, "opacity": 0.75}
    layers = [
        samples.encode(x, y, colour, shape),
        units(BOUNDARY, FIRING, **alive),
        units(SIDE, FIRING, **(alive | {"strokeWidth": 2})),
        units(BOUNDARY, SILENT, **dead, strokeDash=theme.DASHES[1]),
        units(SIDE, SILENT, **dead),
    ]
    return theme.styled(alt.layer(*layers, height=CLOUD_HEIGHT + theme.AXIS_HEIGHT))


def cloud_alt() -> str:
    return "Training samples and a line where each unit of the first layer is 0; dashed and red where it never fires."
