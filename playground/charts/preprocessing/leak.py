"""The leak alarm: accuracies of many splits, with their means and spreads."""

import altair as alt
import numpy as np
import pandas as pd

from playground.charts import theme
from playground.jobs.preprocessing.leak import LeakSnapshot

HONEST, HONEST_FRESH, LEAKY, LEAKY_FRESH = KINDS = (
    "Fit on training: validation",
    "Fit on training: fresh",
    "Fit on all: validation",
    "Fit on all: fresh",
)
COLOURS = (theme.ACTIVATIONS, theme.MARKER, theme.GRADIENTS, theme.MARKER)
ORDER = (HONEST, LEAKY, HONEST_FRESH, LEAKY_FRESH)
MOST_DOTS = 200  # of one row
BAND = 0.36  # of a row's height on either side that dots are strewn over
GOLDEN = 0.6180339887  # strews numbers evenly, and each time alike
ROW_HEIGHT = 62  # pixels


def leak_data(seen: LeakSnapshot) -> pd.DataFrame:
    """Columns kind, part ("split" or "mean"), accuracy, shift (of a dot, in [-1, 1]), low and high (one deviation)."""
    frames = [pd.DataFrame({name: [] for name in ("kind", "part", "accuracy", "shift", "low", "high")})]
    for column, kind in enumerate(KINDS if seen.accuracies is not None else ()):
        values = seen.accuracies[:, column]
        shown = values[theme.thinned(len(values), MOST_DOTS)]
        shift = 2 * (np.arange(len(shown)) * GOLDEN % 1) - 1
        frames.append(pd.DataFrame({"kind": kind, "part": "split", "accuracy": shown, "shift": shift}))
        mean, spread = values.mean(), values.std(ddof=1) if len(values) > 1 else 0.0
        row = {"kind": kind, "part": "mean", "accuracy": [mean], "low": max(mean - spread, 0.0)}
        frames.append(pd.DataFrame({**row, "high": min(mean + spread, 1.0), "shift": 0.0}))
    return pd.concat([frame for frame in frames if len(frame)] or frames, ignore_index=True)


def leak_chart(*, chance: float | None) -> alt.LayerChart:
    """A dot a split, a line a mean, a bar a deviation to either side; reads the named data `leak`.

    Args:
        chance: where a rule stands; None for none.
    """
    base = alt.Chart(alt.NamedData("leak"))
    x = alt.X("accuracy:Q", title="Accuracy", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%"))
    labels = alt.Axis(title=None, grid=False, labelLimit=200, labelExpr="split(datum.label, ': ')")
    y = alt.Y("kind:N", sort=list(ORDER), axis=labels, scale=alt.Scale(domain=list(ORDER)))
    colour = alt.Color("kind:N", scale=alt.Scale(domain=list(KINDS), range=list(COLOURS)), legend=None)
    shift = alt.YOffset("shift:Q", scale=alt.Scale(domain=[-1 / BAND / 2, 1 / BAND / 2]))
    means = base.transform_filter(alt.datum.part == "mean")
    whole = alt.Tooltip("accuracy:Q", title="mean accuracy", format=".1%")
    layers = [
        base.transform_filter(alt.datum.part == "split")
        .mark_circle(size=26, opacity=0.5)
        .encode(x, y, colour, yOffset=shift, tooltip=[alt.Tooltip("kind:N"), alt.Tooltip("accuracy:Q", format=".1%")]),
        means.mark_rule(strokeWidth=3, color=theme.TRAIN).encode(
            alt.X("low:Q"), y, x2=alt.X2("high:Q"), tooltip=[alt.Tooltip("kind:N"), whole]
        ),
        means.mark_tick(thickness=4, size=34, opacity=1, color=theme.TRAIN).encode(
            x, y, tooltip=[alt.Tooltip("kind:N"), whole]
        ),
    ]
    if chance is not None:
        rule = base.mark_rule(color=theme.MARKER, strokeDash=theme.DASHES[2], strokeWidth=1.5, tooltip=None)
        layers.insert(0, rule.encode(x=alt.XDatum(chance)))
    return theme.styled(alt.layer(*layers, height=ROW_HEIGHT * len(KINDS) + theme.AXIS_HEIGHT))


def leak_alt() -> str:
    return "Accuracies of many splits with mean and spread: a step fitted on training samples only, and fitted on all."
