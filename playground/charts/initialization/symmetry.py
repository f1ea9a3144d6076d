"""How different the units of a layer are while a network trains."""

import math
from collections.abc import Sequence

import altair as alt
import pandas as pd

from playground.charts import theme
from playground.jobs.initialization.symmetry import UnitDifferences

SMALLEST = 1e-8  # about the rounding error of a weight; below it, the axis is linear down to 0
LABEL = "datum.value < 1e-3 && datum.value > 0 ? format(datum.value, '.0~e') : format(datum.value, '~g')"
TICKS = [0, *(10.0**power for power in range(-6, 3, 2))]


def difference_data(runs: Sequence[UnitDifferences], labels: Sequence[str]) -> pd.DataFrame:
    """Columns step, run (a label), difference; at most 500 steps a run, what is not finite left out."""
    rows = [
        (run.steps[index], label, run.differences[index])
        for run, label in zip(runs, labels, strict=True)
        for index in theme.thinned_curve(run.differences)
        if math.isfinite(run.differences[index])
    ]
    frame = pd.DataFrame(rows, columns=["step", "run", "difference"])
    return frame.astype({"step": "int32", "run": "str", "difference": "float64"})


def difference_chart(*, labels: tuple[str, ...]) -> alt.LayerChart:
    """Logarithmic above SMALLEST, with 0 at the bottom; reads `differences`."""
    base = alt.Chart(alt.NamedData("differences"))
    scale = alt.Scale(type="symlog", constant=SMALLEST, domainMin=0, nice=False)
    axis = alt.Axis(values=TICKS, labelExpr=LABEL, labelOverlap=False, minExtent=theme.Y_AXIS_WIDTH)
    x = alt.X("step:Q", title="Step", scale=alt.Scale(nice=False), axis=alt.Axis(tickMinStep=1, grid=False))
    y = alt.Y("difference:Q", title="Largest difference between units (log)", scale=scale, axis=axis)
    colours, dashes = theme.CLASS_COLOURS[: len(labels)], theme.DASHES[: len(labels)]
    legend = theme.line_legend(columns=alt.ExprRef("max(1, floor(width / 140))"))
    colour, dash = theme.colour_and_dash("run:N", labels, colours, dashes, legend)
    tooltip = [alt.Tooltip("run:N"), alt.Tooltip("step:Q"), alt.Tooltip("difference:Q", format=".3~g")]
    lines = base.mark_line(strokeWidth=2.5, clip=False).encode(x, y, colour, dash, tooltip=tooltip)
    return theme.styled(alt.layer(lines, height=theme.CURVE_HEIGHT + theme.AXIS_HEIGHT))


def difference_alt() -> str:
    return "Largest difference between two units of a hidden layer against the step, one line an initializer."
