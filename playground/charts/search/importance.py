"""How much each field of a search matters, with the spread over the shuffles."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from playground.charts import theme
from playground.charts.search.axes import axis_title
from playground.train.search.axis import Axis
from playground.train.search.importance import Importance

ROW_HEIGHT = 44  # pixels
LOWEST = -0.1  # end of the axis; chance takes a field that does not matter a little below 0
COLUMNS = {"field": "str", "mean": "float32", "low": "float32", "high": "float32", "words": "str"}


def importance_data(axes: Sequence[Axis], rows: Sequence[Importance]) -> pd.DataFrame:
    """One row a field, the most important first.

    Returns:
        Columns field (its label), mean, low and high (one standard deviation around it), words.
    """
    titles = {axis.field: axis_title(axis) for axis in axes}
    table = [
        (
            titles[row.field],
            row.mean,
            row.mean - row.std,
            row.mean + row.std,
            f"{row.mean:.0%} ± {row.std:.0%}".replace("-", "−"),
        )
        for row in sorted(rows, key=lambda row: row.mean, reverse=True)
    ]
    return pd.DataFrame(table, columns=list(COLUMNS)).astype(COLUMNS)


def importance_chart(*, num_axes: int) -> alt.LayerChart:
    """A bar a field, the most important on top; reads the named data `importance`."""
    base = alt.Chart(alt.NamedData("importance"))
    y = alt.Y("field:N", sort=None, title=None, axis=alt.Axis(labelLimit=150, domain=False, ticks=False))
    scale = alt.Scale(domain=[LOWEST, 1], nice=False, clamp=True)
    shown = alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1])
    x = alt.X("mean:Q", title="Share of the differences in rank", scale=scale, axis=shown)
    tooltip = [alt.Tooltip("field:N", title="field"), alt.Tooltip("words:N", title="share")]
    layers = [
        base.mark_bar(height=14, color=theme.LEARNING_RATE).encode(x, y, tooltip=tooltip),
        base.mark_rule(strokeWidth=2, color=theme.MARKER, tooltip=None).encode(alt.X("low:Q"), y, x2=alt.X2("high:Q")),
        base.mark_text(align="left", baseline="bottom", dx=3, dy=-7, tooltip=None).encode(
            alt.X("zero:Q"), y, text=alt.Text("words:N")
        ),
    ]
    layers[-1] = layers[-1].transform_calculate(zero="0")
    return theme.styled(alt.layer(*layers, height=num_axes * ROW_HEIGHT + theme.AXIS_HEIGHT))


def importance_alt() -> str:
    return "How much each field matters for the score, one bar a field, the most important on top."
