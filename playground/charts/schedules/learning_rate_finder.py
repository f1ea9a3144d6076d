"""The range test: loss against a rising learning rate, and what it suggests."""

import altair as alt
import numpy as np
import pandas as pd

from playground.charts import theme
from playground.jobs.schedules.learning_rate_finder import LearningRateFinderSnapshot

SEEN, SMOOTHED, INTERVAL = "seen", "smoothed", "interval"
ABOVE = 1.5  # times the first loss: what the axis shows, so that the blow-up at the end does not flatten the rest
HEIGHT = 340  # pixels


def learning_rate_finder_data(snapshot: LearningRateFinderSnapshot) -> pd.DataFrame:
    """The curve and its marks.

    Returns:
        Columns kind (SEEN and SMOOTHED: rows of the curve; INTERVAL: one row, when there is one), learning_rate, loss,
        high (the interval's other end), suggested.
    """
    rates = np.array([]) if snapshot.rates is None else snapshot.rates
    parts = []
    for kind, losses in ((SEEN, snapshot.losses), (SMOOTHED, snapshot.smoothed)):
        if losses is not None and len(losses) == len(rates):
            parts.append(pd.DataFrame({"kind": kind, "learning_rate": rates, "loss": losses}))
    rows = pd.concat(parts) if parts else pd.DataFrame({"kind": [], "learning_rate": [], "loss": []})
    rows = rows[np.isfinite(rows["loss"].astype(float))]
    if len(rows):
        rows = rows[rows["loss"] <= ABOVE * rows["loss"].iloc[0]]
    rows = rows.assign(high=np.nan, suggested=np.nan)
    if snapshot.learning_rate is not None:
        mark = {"kind": INTERVAL, "learning_rate": snapshot.low, "high": snapshot.high}
        rows = pd.concat([rows, pd.DataFrame([{**mark, "loss": np.nan, "suggested": snapshot.learning_rate}])])
    return rows.reset_index(drop=True)


def learning_rate_finder_chart(*, unit: str) -> alt.LayerChart:
    """Loss as it was seen (points) and smoothed (line), the suggested interval shaded; reads `learning_rate_finder`.

    Args:
        unit: of the loss, in the title of its axis.
    """
    base = alt.Chart(alt.NamedData("learning_rate_finder"))
    axis = alt.Axis(labelExpr=theme.log_label("x"), grid=False, tickCount=8)
    x = alt.X("learning_rate:Q", title="Learning rate (log)", scale=alt.Scale(type="log", nice=False), axis=axis)
    scale = alt.Scale(zero=False, nice=True)
    y = alt.Y("loss:Q", title=f"Training loss ({unit})", scale=scale, axis=alt.Axis(minExtent=theme.Y_AXIS_WIDTH))
    tooltip = [alt.Tooltip("learning_rate:Q", title="rate", format=".2~g"), alt.Tooltip("loss:Q", format=".4~g")]
    top, bottom = alt.YValue(0), alt.Y2Value({"expr": "height"})

    def of(kind: str) -> alt.Chart:
        return base.transform_filter(alt.FieldEqualPredicate(field="kind", equal=kind))

    marks = of(INTERVAL)
    suggested = alt.X("suggested:Q", title=x["title"], scale=x["scale"], axis=axis)
    words = marks.transform_calculate(words="'suggested: ' + format(datum.suggested, '.2~g')")
    rule = {"color": theme.VALIDATION, "tooltip": None}
    layers = [
        marks.mark_rect(opacity=0.18, **rule).encode(x=x, x2=alt.X2("high:Q"), y=top, y2=bottom),
        of(SEEN).mark_point(size=14, filled=True, opacity=0.6, color=theme.MINIBATCH).encode(x, y, tooltip=tooltip),
        of(SMOOTHED).mark_line(strokeWidth=2.4, color=theme.TRAIN).encode(x, y),
        marks.mark_rule(strokeWidth=2, strokeDash=theme.DASHES[1], **rule).encode(x=suggested, y=top, y2=bottom),
        words.mark_text(align="right", dx=-6, dy=-6, baseline="bottom", fontWeight="bold", **rule).encode(
            x=suggested, y=alt.YValue({"expr": "height"}), text=alt.Text("words:N")
        ),
    ]
    return theme.styled(alt.layer(*layers, height=HEIGHT))


def learning_rate_finder_alt(*, unit: str) -> str:
    return f"Training loss in {unit} against a rising learning rate, with the suggested interval shaded."
