"""A cloud of samples with its ellipse, and its covariance as a heat map: before a step of preprocessing and after."""

import math

import altair as alt
import numpy as np
import pandas as pd

from playground.charts import theme
from playground.jobs.preprocessing.before_after_snapshot import Side

BEFORE, AFTER = KINDS = ("before", "after")
COLOURS = dict(zip(KINDS, (theme.GRADIENTS, theme.ACTIVATIONS), strict=True))
HEIGHT = 300  # pixels, axes included
HEAT_HEIGHT = 185
ROOM = 1.08  # around what is shown
ASPECT = 1.25  # every column is at least so much wider than high
ROUNDING = 1e-12  # of the largest entry: less is shown as 0
SIZES = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)  # of an axis, times a power of ten


def half_width(side: Side) -> float:
    """How far up a picture around the origin must reach to hold the samples and the ellipse, rounded up."""
    furthest = np.abs(np.vstack([side.points, side.ellipse])).max(axis=0)
    reach = ROOM * max(float(furthest[0]) / ASPECT, float(furthest[1]), 1e-12)
    power = 10.0 ** math.floor(math.log10(reach))
    return float(f"{next(size for size in SIZES if size * power >= reach * (1 - 1e-12)) * power:.3g}")


def cloud_data(side: Side) -> pd.DataFrame:
    """Columns part ("sample", "ellipse" or "mean"), order, x and y."""
    parts = {"sample": side.points, "ellipse": side.ellipse, "mean": side.middle[None]}
    frames = [
        pd.DataFrame({"part": part, "order": range(len(places)), "x": places[:, 0], "y": places[:, 1]})
        for part, places in parts.items()
    ]
    return pd.concat(frames, ignore_index=True).astype({"part": "category", "order": "int16"})


def cloud_chart(*, kind: str, half: float, axes: tuple[str, str]) -> alt.LayerChart:
    """Samples, the ellipse of two standard deviations, and the origin as crossed rules; reads the named data `cloud`.

    Args:
        half: the picture reaches from -half to half upwards, and as far across as the column is wide.
    """
    base = alt.Chart(alt.NamedData("cloud"))
    wide = f"{half!r} * max({ASPECT}, width / height)"
    across = alt.Scale(nice=False, zero=False, domainMin=alt.expr(f"-({wide})"), domainMax=alt.expr(wide))
    axis = alt.Axis(format=theme.NUMBER, tickCount=5, labelOverlap=True)
    x = alt.X("x:Q", title=axes[0], scale=across, axis=axis)
    y = alt.Y("y:Q", title=axes[1], scale=alt.Scale(domain=[-half, half], nice=False), axis=axis)
    tooltip = [alt.Tooltip(f"{field}:Q", title=name, format=".4~g") for field, name in zip("xy", axes, strict=True)]

    def of(part: str) -> alt.Chart:
        return base.transform_filter(alt.datum.part == part)

    rule = {"color": theme.MARKER, "strokeWidth": 1.2, "tooltip": None}
    layers = [
        of("mean").mark_rule(**rule).encode(x=alt.XDatum(0)),
        of("mean").mark_rule(**rule).encode(y=alt.YDatum(0)),
        of("sample").mark_circle(size=22, opacity=0.6, color=COLOURS[kind]).encode(x, y, tooltip=tooltip),
        of("ellipse").mark_line(strokeWidth=2, color=theme.TRAIN, tooltip=None).encode(x, y, alt.Order("order:Q")),
        of("mean").mark_point(shape="cross", size=130, filled=True, color=theme.TRAIN, opacity=1).encode(
            x, y, tooltip=tooltip
        ),
    ]  # fmt: skip
    return theme.styled(alt.layer(*layers, height=HEIGHT))


def cloud_alt(*, kind: str) -> str:
    return f"The samples {kind} preprocessing with the ellipse of two standard deviations around their mean."


def covariance_data(side: Side) -> pd.DataFrame:
    """Columns row and column (names of inputs), value, and share (of the largest size, in [-1, 1])."""
    size = float(np.abs(side.covariance).max()) or 1.0
    seen = np.where(np.abs(side.covariance) > ROUNDING * size, side.covariance, 0.0)
    rows = [
        (row, column, float(seen[i, j]), float(seen[i, j]) / size)
        for i, row in enumerate(side.axes)
        for j, column in enumerate(side.axes)
    ]
    return pd.DataFrame(rows, columns=["row", "column", "value", "share"])


def covariance_chart() -> alt.LayerChart:
    """Two by two cells with their numbers, coloured by sign and size; reads the named data `covariance`."""
    base = alt.Chart(alt.NamedData("covariance"))
    top = alt.Axis(orient="top", labelAngle=0, title=None, grid=False)
    scale = alt.Scale(paddingInner=0.06)
    x = alt.X("column:N", sort=None, axis=top, scale=scale)
    y = alt.Y("row:N", sort=None, axis=alt.Axis(title=None, grid=False), scale=scale)
    ends = [theme.NEGATIVE, theme.PANEL_LOW, theme.PANEL_HIGH]
    colour = alt.Color("share:Q", scale=alt.Scale(domain=[-1, 0, 1], range=ends, interpolate="rgb"), legend=None)
    contrasting = alt.condition(
        f"abs(datum.share) > {TEXT_SWITCH}",
        alt.value(theme.PANEL_TEXT_ON_HIGH),
        alt.value(theme.PANEL_TEXT_ON_LOW),
    )
    texts = base.mark_text(fontSize=14, tooltip=None)
    layers = [
        base.mark_rect(cornerRadius=2).encode(
            x,
            y,
            colour,
            tooltip=[
                alt.Tooltip("row:N"),
                alt.Tooltip("column:N"),
                alt.Tooltip("value:Q", title="covariance", format=".5~g"),
            ],
        ),
        texts.encode(x, y, color=contrasting, text=alt.Text("value:Q", format=".3~g")),
    ]
    return theme.styled(alt.layer(*layers, height=HEAT_HEIGHT))


TEXT_SWITCH = 0.77  # share above which black on a cell is harder to read than white


def covariance_alt(*, kind: str) -> str:
    return f"Covariance of the two inputs {kind} preprocessing: variances on the diagonal, the covariance beside it."
