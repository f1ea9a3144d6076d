"""Gradient descent for one linear neuron, before a step of preprocessing and after: its path, and its loss."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from playground.charts import theme
from playground.charts.preprocessing.clouds import COLOURS, HEIGHT, KINDS
from playground.jobs.preprocessing.before_after import GOAL
from playground.jobs.preprocessing.before_after_snapshot import Side

LOWEST = GOAL / 10  # of the loss: below, nothing is left to see
MEASURED, PROMISED = "measured", "by the condition number"
STEP_LABEL = "datum.value < 1e4 ? format(datum.value, ',') : format(datum.value, '.0~e')"
DASHES = dict(zip(KINDS, theme.DASHES, strict=False))


def descent_path_data(sides: Sequence[Side]) -> pd.DataFrame:
    """Columns kind, order, x and y: errors in the steepest and the flattest direction, shares of the first."""
    frames = [pd.DataFrame({name: [] for name in ("kind", "order", "x", "y")})]
    for kind, side in zip(KINDS, sides, strict=False):
        path = side.descent.path
        frames.append(pd.DataFrame({"kind": kind, "order": range(len(path)), "x": path[:, 0], "y": path[:, 1]}))
    return pd.concat([frame for frame in frames if len(frame)] or frames, ignore_index=True)


def descent_path_chart() -> alt.LayerChart:
    """Both paths from the ring at 1, 1 to the star at the origin; reads the named data `descent_path`."""
    base = alt.Chart(alt.NamedData("descent_path"))
    axis = alt.Axis(format=theme.NUMBER, tickCount=5)
    scale = alt.Scale(domain=[-1.1, 1.1], nice=False)
    x = alt.X("x:Q", title="Error left, steepest direction", scale=scale, axis=axis)
    y = alt.Y("y:Q", title="Error left, flattest", scale=alt.Scale(domain=[-0.15, 1.1], nice=False), axis=axis)
    colour, dash = colour_and_dash()
    tooltip = [
        alt.Tooltip("kind:N"),
        alt.Tooltip("order:Q", title="step"),
        alt.Tooltip("x:Q", title="steepest", format=".3~f"),
        alt.Tooltip("y:Q", title="flattest", format=".3~f"),
    ]
    ends = base.transform_filter("datum.order == 0")
    layers = [
        base.mark_line(strokeWidth=1.6, strokeJoin="round", tooltip=None, clip=True).encode(
            x, y, colour, dash, alt.Order("order:Q")
        ),
        base.mark_point(filled=True, size=22, opacity=0.8, clip=True).encode(x, y, colour, tooltip=tooltip),
        ends.mark_point(size=130, color=theme.MARKER, strokeWidth=2.5, opacity=1, tooltip=None).encode(x, y),
        ends.mark_point(shape="cross", size=150, filled=True, color=theme.VALIDATION, opacity=1, tooltip=None).encode(
            x=alt.XDatum(0), y=alt.YDatum(0)
        ),
    ]
    return theme.styled(alt.layer(*layers, height=HEIGHT))


def descent_path_alt() -> str:
    return "Gradient descent before and after preprocessing: what is left of the error in two directions, step by step."


def descent_loss_data(sides: Sequence[Side]) -> pd.DataFrame:
    """Columns kind, what ("measured" or "by the condition number"), step, loss (share of the first, from LOWEST)."""
    frames = [pd.DataFrame({name: [] for name in ("kind", "what", "step", "loss")})]
    for kind, side in zip(KINDS, sides, strict=False):
        for what, losses in ((MEASURED, side.descent.losses), (PROMISED, side.descent.bounds)):
            above = int(np.sum(losses > LOWEST))  # they never rise
            rows = {"step": side.descent.at[: above + 1], "loss": np.maximum(losses[: above + 1], LOWEST)}
            frames.append(pd.DataFrame({"kind": kind, "what": what, **rows}))
    return pd.concat([frame for frame in frames if len(frame)] or frames, ignore_index=True)


def descent_loss_chart() -> alt.LayerChart:
    """Loss against the step, both on log axes, with a rule at the goal; reads the named data `descent_loss`."""
    base = alt.Chart(alt.NamedData("descent_loss"))
    steps = alt.Axis(
        values=[0, *(10**power for power in range(16))], labelExpr=STEP_LABEL, labelOverlap=True, grid=False
    )
    x = alt.X("step:Q", title="Step (log)", scale=alt.Scale(type="symlog", constant=1, nice=False), axis=steps)
    shares = [10.0**power for power in range(-5, 1)]
    lowest = alt.Axis(values=shares, labelExpr=theme.log_label("y"), minExtent=theme.Y_AXIS_WIDTH)
    scale = alt.Scale(type="log", nice=False, domain=[LOWEST, 1.0])
    y = alt.Y("loss:Q", title="Loss left (log)", scale=scale, axis=lowest)
    colour, dash = colour_and_dash()
    tooltip = [
        alt.Tooltip("kind:N"),
        alt.Tooltip("what:N"),
        alt.Tooltip("step:Q", format=".4~g"),
        alt.Tooltip("loss:Q", format=".3~g"),
    ]
    rule = base.mark_rule(color=theme.MARKER, strokeDash=theme.DASHES[2], strokeWidth=1.5, tooltip=None)

    def of(what: str, **look: object) -> alt.Chart:
        return base.transform_filter(alt.datum.what == what).mark_line(clip=True, strokeJoin="round", **look)

    layers = [
        rule.encode(y=alt.YDatum(GOAL)),
        of(PROMISED, strokeWidth=1.2, opacity=0.5).encode(x, y, colour, dash, tooltip=tooltip),
        of(MEASURED, strokeWidth=2.4).encode(x, y, colour, dash, tooltip=tooltip),
    ]
    return theme.styled(alt.layer(*layers, height=HEIGHT))


def descent_loss_alt() -> str:
    return "Loss of gradient descent before and after preprocessing against the step; thin lines are the promise."


def colour_and_dash() -> tuple[alt.Color, alt.StrokeDash]:
    """Before and after, told apart by colour and dash."""
    colours, dashes = [COLOURS[kind] for kind in KINDS], [DASHES[kind] for kind in KINDS]
    return theme.colour_and_dash("kind:N", KINDS, colours, dashes, theme.line_legend(symbolOpacity=1))
