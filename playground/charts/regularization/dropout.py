"""Dropout: a small network with its mask, outputs with masks and without, and how averaging comes to scaling."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from playground.charts import theme
from playground.charts.series import Look, Series, series_chart, series_data
from playground.jobs.regularization.dropout import DropoutSnapshot

HEIGHT = 280
MOST_DOTS = 40  # masks of one sample that are drawn
AVERAGE = "Weight scaling against the mean of K masks"
SCALED, MEAN = "evaluation", "mean of masks"


def network_data(masks: Sequence[Sequence[bool]], *, num_inputs: int = 2, num_outputs: int = 2) -> pd.DataFrame:
    """Columns kind ("line", "unit"), x, y, x2, y2, state ("kept", "dropped"); a line needs both of its units.

    Args:
        masks: of each hidden layer, whether a unit is kept.
    """
    layers = [[True] * num_inputs, *masks, [True] * num_outputs]
    places = [[(x, (row + 0.5) / len(layer)) for row in range(len(layer))] for x, layer in enumerate(layers)]
    rows: list[tuple[object, ...]] = []
    for x in range(len(layers) - 1):
        for start, kept in zip(places[x], layers[x], strict=True):
            for end, also in zip(places[x + 1], layers[x + 1], strict=True):
                rows.append(("line", *start, *end, "kept" if kept and also else "dropped"))
    for layer, at in zip(layers, places, strict=True):
        rows += [("unit", *place, *place, "kept" if kept else "dropped") for place, kept in zip(at, layer, strict=True)]
    return pd.DataFrame(rows, columns=["kind", "x", "y", "x2", "y2", "state"])


def network_chart() -> alt.LayerChart:
    """Kept units filled, dropped ones hollow crosses without lines; reads the named data `dropout_network`."""
    base = alt.Chart(alt.NamedData("dropout_network"))
    x = alt.X("x:Q", axis=None, scale=alt.Scale(padding=24, nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, 1]))
    states = ("kept", "dropped")
    colour = alt.Color("state:N", scale=alt.Scale(domain=states, range=[theme.ACTIVATIONS, theme.DEAD]))
    shape = alt.Shape("state:N", scale=alt.Scale(domain=states, range=["circle", "cross"]))
    lines = base.transform_filter("datum.kind == 'line' && datum.state == 'kept'").mark_rule(
        color=theme.ACTIVATIONS, opacity=0.35, tooltip=None
    )
    units = base.transform_filter("datum.kind == 'unit'").mark_point(size=190, filled=True, opacity=1, angle=45)
    layers = [
        lines.encode(x, y, alt.X2("x2:Q"), alt.Y2("y2:Q")),
        units.encode(x, y, colour, shape, tooltip=[alt.Tooltip("state:N")]),
    ]
    return theme.styled(alt.layer(*layers, height=HEIGHT), has_frame=False)


def network_alt() -> str:
    return "A small network: kept units as dots with their lines, dropped units as crosses without lines."


def output_data(seen: DropoutSnapshot) -> pd.DataFrame:
    """Columns sample ("1: a 3"), probability, what ("one mask", "evaluation", "mean of masks")."""
    if seen.true is None:
        return pd.DataFrame({"sample": [], "probability": [], "what": []})
    names = [f"{index + 1}: a {true}" for index, true in enumerate(seen.true)]
    parts = [(names, values, "one mask") for values in seen.masked[:MOST_DOTS]]
    parts += [(names, seen.masked.mean(axis=0), MEAN), (names, seen.scaled, SCALED)]
    frames = [pd.DataFrame({"sample": names, "probability": values, "what": what}) for names, values, what in parts]
    return pd.concat(frames, ignore_index=True)


def output_chart() -> alt.LayerChart:
    """One column a sample: faint dots for masks, their mean and the answer in evaluation; reads `dropout_outputs`."""
    base = alt.Chart(alt.NamedData("dropout_outputs"))
    x = alt.X("sample:N", sort=None, title="Validation sample", axis=alt.Axis(labelAngle=-45, labelOverlap=False))
    scale = alt.Scale(domain=[0, 1])
    axis = alt.Axis(format=".0%", minExtent=theme.Y_AXIS_WIDTH)
    y = alt.Y("probability:Q", title="Probability of the true class (%)", scale=scale, axis=axis)
    kinds, legend = ["one mask", MEAN, SCALED], alt.Legend(symbolOpacity=1)
    colours = [theme.MARKER, theme.VALIDATION, theme.GRADIENTS]
    colour = alt.Color("what:N", scale=alt.Scale(domain=kinds, range=colours), legend=legend)
    shapes = ["circle", "diamond", "stroke"]
    shape = alt.Shape("what:N", scale=alt.Scale(domain=kinds, range=shapes), legend=legend)
    tooltip = [alt.Tooltip("sample:N"), alt.Tooltip("what:N"), alt.Tooltip("probability:Q", format=".1%")]
    dots = base.transform_filter("datum.what == 'one mask'").mark_point(filled=True, size=22, opacity=0.3)
    marks = base.transform_filter("datum.what != 'one mask'").mark_point(size=110, strokeWidth=2.5, opacity=1)
    layers = [dots.encode(x, y, colour, shape), marks.encode(x, y, colour, shape, tooltip=tooltip)]
    return theme.styled(alt.layer(*layers, height=HEIGHT + theme.AXIS_HEIGHT))


def output_alt() -> str:
    return "Probability of the true class of some samples: under single masks, their mean, and in evaluation."


def averaging_data(seen: DropoutSnapshot) -> pd.DataFrame:
    """Columns as in `series_data`: mean absolute difference of probabilities against the number of masks."""
    return series_data([Series(AVERAGE, np.arange(1, len(seen.differences) + 1), seen.differences)])


def averaging_chart() -> alt.LayerChart:
    """A falling line over a logarithmic axis; reads `dropout_averaging`."""
    return series_chart(
        name="dropout_averaging",
        looks=(Look(AVERAGE, theme.VALIDATION),),
        x_title="Masks averaged, K (log)",
        y_title="Mean absolute difference",
        x_log=True,
        height=HEIGHT + theme.AXIS_HEIGHT,
    )


def averaging_alt() -> str:
    return "Mean absolute difference of probabilities, weight scaling against the mean of K masks, against K."
