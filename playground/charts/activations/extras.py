"""The identity between sigmoid and tanh, and what activations cost: two small pictures."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from playground.catalog import ACTIVATIONS
from playground.charts import theme
from playground.charts.activations.look import activation_colour
from playground.jobs.activations.cost import ActivationCostSnapshot
from playground.jobs.activations.curves import ActivationCurvesSnapshot

FIRST, SECOND = "\u03c3(z)", "(tanh(z / 2) + 1) / 2"
HEIGHT = 200  # pixels
BAR = 26  # pixels
LINEAR = "A linear unit of 64 inputs"


def identity_data(snapshot: ActivationCurvesSnapshot) -> pd.DataFrame:
    """Columns form ("σ(z)" or the one made of tanh), z, value."""
    if snapshot.identity is None:
        return pd.DataFrame({"form": [], "z": [], "value": []})
    z, first, second = snapshot.identity
    parts = [pd.DataFrame({"form": form, "z": z, "value": y}) for form, y in ((FIRST, first), (SECOND, second))]
    return pd.concat(parts, ignore_index=True)


def identity_chart() -> alt.LayerChart:
    """A broad line under a dashed one; reads the named data `identity`."""
    base = alt.Chart(alt.NamedData("identity"))
    x = alt.X("z:Q", title="z", scale=alt.Scale(nice=False, zero=False), axis=alt.Axis(tickCount=6, grid=False))
    axis = alt.Axis(tickCount=5, minExtent=theme.Y_AXIS_WIDTH)
    y = alt.Y("value:Q", title="Value", scale=alt.Scale(domain=[0, 1]), axis=axis)
    forms = (FIRST, SECOND)
    legend = alt.Legend(symbolType="stroke", symbolOpacity=1, columns=2)
    colour = alt.Color(
        "form:N", scale=alt.Scale(domain=forms, range=[theme.ACTIVATIONS, theme.GRADIENTS]), legend=legend
    )
    tooltip = [alt.Tooltip("form:N"), alt.Tooltip("z:Q", format=".3~f"), alt.Tooltip("value:Q", format=".6~g")]
    broad = base.transform_filter(alt.datum.form == FIRST).mark_line(strokeWidth=7, opacity=0.5)
    dashed = base.transform_filter(alt.datum.form == SECOND).mark_line(strokeWidth=2.2, strokeDash=theme.DASHES[1])
    layers = [mark.encode(x, y, colour, tooltip=tooltip) for mark in (broad, dashed)]
    return theme.styled(alt.layer(*layers, height=HEIGHT + theme.AXIS_HEIGHT))


def identity_alt() -> str:
    return "Sigmoid as a broad line, and (tanh(z / 2) + 1) / 2 as a dashed line on top of it."


def cost_data(snapshot: ActivationCostSnapshot, names: Sequence[str]) -> pd.DataFrame:
    """Columns what (label of a row, or a linear unit, the last), colour, nanoseconds, text."""
    times = dict(snapshot.nanoseconds)
    rows = [
        (
            ACTIVATIONS[name].label,
            activation_colour(name),
            times[name],
            f"{times[name]:.2g} ns, {snapshot.against_reference(name):.1f} × ReLU",
        )
        for name in names
        if name in times
    ]
    rows.append((LINEAR, theme.MARKER, snapshot.linear, f"{snapshot.linear:.2g} ns"))
    return pd.DataFrame(rows, columns=["what", "colour", "nanoseconds", "text"])


def cost_chart(*, num_rows: int) -> alt.LayerChart:
    """Bars with their numbers; reads the named data `costs`."""
    base = alt.Chart(alt.NamedData("costs"))
    title = "Nanoseconds for each output, forward and back"
    x = alt.X("nanoseconds:Q", title=title, axis=alt.Axis(format=theme.NUMBER, tickCount=5))
    y = alt.Y("what:N", sort=None, title=None, axis=alt.Axis(labelOverlap=False, grid=False, labelLimit=170))
    bars = base.mark_bar(opacity=0.85).encode(
        x,
        y,
        alt.Color("colour:N", scale=None),
        tooltip=[alt.Tooltip("what:N"), alt.Tooltip("nanoseconds:Q", format=".3~g"), alt.Tooltip("text:N")],
    )
    is_long = "datum.nanoseconds > 0.5 * domain('x')[1]"  # its number stands inside the bar
    align, dx = {"expr": f"{is_long} ? 'right' : 'left'"}, {"expr": f"{is_long} ? -5 : 5"}
    inside = {"expr": f"{is_long} ? 'white' : '{theme.MARKER}'"}
    texts = base.mark_text(align=align, dx=dx, color=inside, fontWeight="bold", tooltip=None).encode(
        x, y, text=alt.Text("text:N")
    )
    return theme.styled(alt.layer(bars, texts, height=BAR * num_rows + theme.AXIS_HEIGHT))


def cost_alt() -> str:
    return "Bars: measured nanoseconds for each output of every chosen activation, and of a linear unit."
