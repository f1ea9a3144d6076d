"""DropConnect on a weight matrix and its outputs; stochastic depth on a stack of blocks."""

import altair as alt
import numpy as np
import pandas as pd

from playground.charts import theme
from playground.charts.series import Look, Series, series_chart, series_data
from playground.jobs.regularization.random_parts import DepthSnapshot, WeightMasksSnapshot

HEIGHT = 300
MEASURED, NORMAL = "Measured", "Normal with these moments"
FORMULA, DRAWN = "1 - (l / L) p", "Share of the drawn steps"
BINS = 40


def matrix_data(seen: WeightMasksSnapshot, step: int) -> pd.DataFrame:
    """Columns unit, input, weight (as this step has it, missing where dropped), from step 1; evaluation is step 0."""
    if seen.weight is None:
        return pd.DataFrame({"unit": [], "input": [], "weight": []})
    drawn = seen.weight if step == 0 else np.where(seen.drawn[step - 1] == 0, np.nan, seen.drawn[step - 1])
    unit, column = np.indices(drawn.shape)
    return pd.DataFrame({"unit": unit.ravel() + 1, "input": column.ravel() + 1, "weight": drawn.ravel()})


def matrix_chart() -> alt.LayerChart:
    """A cell a weight, none where it is dropped; reads the named data `weight_matrix`."""
    base = alt.Chart(alt.NamedData("weight_matrix"))
    x = alt.X("input:O", title="Input", axis=alt.Axis(labelAngle=0, labelOverlap=True))
    y = alt.Y("unit:O", title="Unit", axis=alt.Axis(labelOverlap=True))
    colour = alt.when("datum.weight < 0").then(alt.value(theme.NEGATIVE)).otherwise(alt.value(theme.POSITIVE))
    strength = alt.Opacity("size:Q", scale=alt.Scale(zero=True, range=[0.1, 1]), legend=None)  # so that 0 is the page
    cells = (
        base.transform_filter("isValid(datum.weight)")
        .transform_calculate(size="abs(datum.weight)")
        .mark_rect()
        .encode(
            x,
            y,
            strength,
            color=colour,
            tooltip=[alt.Tooltip("unit:O"), alt.Tooltip("input:O"), alt.Tooltip("weight:Q", format=".3f")],
        )
    )
    dropped = base.transform_filter("!isValid(datum.weight)").mark_point(
        shape="cross", angle=45, size=30, color=theme.MARKER, tooltip=None
    )
    return theme.styled(alt.layer(cells, dropped.encode(x, y), height=HEIGHT))


def matrix_alt() -> str:
    return "Weights of a layer as cells, unit by input; a cross where this step drops the weight."


def moment_data(seen: WeightMasksSnapshot) -> pd.DataFrame:
    """Columns as in `series_data`: density of the first unit's outputs, measured and by moments."""
    if seen.outputs is None:
        return series_data([])
    density, edges = np.histogram(seen.outputs, bins=BINS, density=True)
    x = (edges[:-1] + edges[1:]) / 2
    lines = [Series(MEASURED, x, density)]
    if seen.std:
        normal = np.exp(-(((x - seen.evaluated) / seen.std) ** 2) / 2) / (seen.std * np.sqrt(2 * np.pi))
        lines.append(Series(NORMAL, x, normal))
    return series_data(lines)


def moment_chart() -> alt.LayerChart:
    """Two curves over the output; reads `moments`."""
    return series_chart(
        name="moments",
        looks=(Look(MEASURED, theme.ACTIVATIONS), Look(NORMAL, theme.GRADIENTS, 1)),
        x_title="Output of the first unit, under one mask",
        y_title="Density",
        height=HEIGHT,
    )


def moment_alt() -> str:
    return "Density of one unit's output over many masks, and the normal density with the same mean and variance."


def survival_data(seen: DepthSnapshot) -> pd.DataFrame:
    """Columns as in `series_data`: chance of each block to act, by formula and as drawn."""
    if seen.survival is None:
        return series_data([])
    blocks = np.arange(1, len(seen.survival) + 1)
    return series_data([Series(FORMULA, blocks, seen.survival), Series(DRAWN, blocks, seen.acting.mean(axis=0))])


def survival_chart() -> alt.LayerChart:
    """A falling line and the shares around it; reads `survival`."""
    return series_chart(
        name="survival",
        looks=(Look(FORMULA, theme.GRADIENTS), Look(DRAWN, theme.ACTIVATIONS, 1)),
        x_title="Block",
        y_title="Chance to act (%)",
        y_domain=(0.0, 1.0),
        number=".0%",
        height=HEIGHT,
    )


def survival_alt() -> str:
    return "Chance of each residual block to act against its place, by formula and in the drawn steps."


def acting_data(seen: DepthSnapshot) -> pd.DataFrame:
    """Columns step, block, state ("acts", "skipped")."""
    if seen.acting is None:
        return pd.DataFrame({"step": [], "block": [], "state": []})
    step, block = np.indices(seen.acting.shape)
    state = np.where(seen.acting.ravel(), "acts", "skipped")
    return pd.DataFrame({"step": step.ravel() + 1, "block": block.ravel() + 1, "state": state})


def acting_chart() -> alt.LayerChart:
    """A column a step, first block at the bottom; reads `acting`."""
    base = alt.Chart(alt.NamedData("acting"))
    x = alt.X("step:O", title="Step", axis=alt.Axis(labelAngle=0, labelOverlap=True))
    y = alt.Y("block:O", title="Block", sort="descending", axis=alt.Axis(labelOverlap=True))
    range_ = [theme.ACTIVATIONS, "transparent"]
    colour = alt.Color("state:N", scale=alt.Scale(domain=["acts", "skipped"], range=range_), legend=None)
    return theme.styled(alt.layer(base.mark_rect().encode(x, y, colour), height=HEIGHT))


def acting_alt() -> str:
    return "Which residual blocks act in each step of training: a filled cell acts, an empty one is skipped."
