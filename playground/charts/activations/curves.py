"""Activations and their slopes: what is drawn, and the numbers beside it."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from playground.charts import theme
from playground.charts.activations.look import COLUMNS, activation_colour, activation_dash
from playground.jobs.activations.curves import ActivationCurve, ActivationCurvesSnapshot

VALUES, SLOPES = "values", "slopes"
TITLES = {VALUES: "f(z)", SLOPES: "f '(z)"}
LINE, PIECE, READ = "line", "piece", "read"  # kinds of rows; the last is the place that is read
MAX_TIPS = 41
HEIGHT = 300  # pixels
COLUMN_NAMES = ["activation", "kind", "part", "z", "value", "flat", "tip"]


def function_data(snapshot: ActivationCurvesSnapshot, column: str) -> pd.DataFrame:
    """One function, or its slope, over the range.

    Args:
        column: "values" or "slopes".

    Returns:
        Columns activation (key of its row), kind ("line"; "piece": one of the lines that a function is the largest of;
        "read": the point at the place that is read), part (of neighbours that are drawn as one line), z, value, flat
        (saturated there), tip (answers to the pointer).
    """
    parts = [pd.DataFrame({name: [] for name in COLUMN_NAMES})]
    for curve in snapshot.curves:
        parts.append(_line_rows(curve, column))
        parts.append(_piece_rows(curve, column))
        read = {"values": curve.value_at, "slopes": curve.slope_at}[column]
        is_inside = curve.z[0] <= snapshot.at <= curve.z[-1]
        parts.append(_rows(curve, READ, 0, [snapshot.at] if is_inside else [], [read] if is_inside else []))
    rows = pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)
    kinds = {"z": "float64", "value": "float64", "flat": "bool", "tip": "bool", "part": "int16"}
    return rows.astype(kinds)


def _rows(curve: ActivationCurve, kind: str, part: int, z: Sequence[float], values: Sequence[float]) -> pd.DataFrame:
    columns = {"activation": curve.name, "kind": kind, "part": part, "z": z, "value": values}
    return pd.DataFrame({**columns, "flat": False, "tip": False})


def _line_rows(curve: ActivationCurve, column: str) -> pd.DataFrame:
    rows = _rows(curve, LINE, 0, curve.z, getattr(curve, column))
    rows["flat"] = is_flat(curve)
    rows["part"] = np.where(rows["z"] < 0, 0, 1)  # saturation on the left and on the right are not joined
    rows.loc[theme.thinned(len(rows), MAX_TIPS), "tip"] = True
    return rows


def is_flat(curve: ActivationCurve) -> np.ndarray:
    """(POINTS,) whether the function is saturated at each place, by the thresholds of its row."""
    low = -np.inf if curve.low is None else curve.low
    high = np.inf if curve.high is None else curve.high
    return (curve.z < low) | (curve.z > high)


def _piece_rows(curve: ActivationCurve, column: str) -> pd.DataFrame:
    """The two ends of each line, as far as it does not leave the picture of the largest."""
    if column == SLOPES or not len(curve.pieces):
        return _rows(curve, PIECE, 0, [], [])
    z = curve.z[theme.thinned(len(curve.z), 120)]
    lowest, highest = curve.values.min(), curve.values.max()
    parts = []
    for part, (slope, intercept) in enumerate(curve.pieces):
        height = slope * z + intercept
        seen = height >= lowest - (highest - lowest) / 2
        parts.append(_rows(curve, PIECE, part, z[seen], height[seen]))
    return pd.concat(parts, ignore_index=True)


def function_chart(*, column: str, names: tuple[str, ...], labels: tuple[str, ...]) -> alt.LayerChart:
    """Lines, thick and faint where they are saturated; a dotted rule at the place that is read; reads `functions`."""
    base = alt.Chart(alt.NamedData("functions"))
    scale = alt.Scale(nice=False, zero=False)
    x = alt.X("z:Q", title="z", scale=scale, axis=alt.Axis(format=theme.NUMBER, tickCount=8, grid=False))
    axis = alt.Axis(format=theme.NUMBER, tickCount=6, minExtent=theme.Y_AXIS_WIDTH, maxExtent=theme.Y_AXIS_WIDTH)
    y = alt.Y("value:Q", title=TITLES[column], scale=alt.Scale(zero=True), axis=axis)
    label_of = _label_of(dict(zip(names, labels, strict=True)))
    legend = theme.line_legend(columns=COLUMNS, symbolOpacity=1, labelExpr=label_of)
    colours, dashes = [activation_colour(name) for name in names], [activation_dash(name) for name in names]
    colour, dash = theme.colour_and_dash("activation:N", names, colours, dashes, legend)

    def of(kind: str) -> alt.Chart:
        return base.transform_filter(alt.datum.kind == kind)

    flat = of(LINE).transform_filter("datum.flat").mark_line(strokeWidth=9, opacity=0.3, strokeCap="butt", tooltip=None)
    pieces = of(PIECE).mark_line(strokeWidth=1.2, opacity=0.6, strokeDash=theme.DASHES[2], tooltip=None)
    zero = base.transform_aggregate(rows="count()").mark_rule(color=theme.MARKER, opacity=0.5, tooltip=None)
    read = of(READ).transform_aggregate(z="mean(z)")
    read = read.mark_rule(color=theme.MARKER, strokeDash=theme.DASHES[2], strokeWidth=1.5, tooltip=None)
    tooltip = [
        alt.Tooltip("activation:N", title=" "),
        alt.Tooltip("z:Q", format=".3~f"),
        alt.Tooltip("value:Q", title=TITLES[column], format=".4~g"),
    ]
    tips = base.transform_filter("datum.tip || datum.kind == 'read'").mark_point(size=70, opacity=0)
    layers = [
        zero.encode(y=alt.YDatum(0)),
        flat.encode(x, y, colour, alt.Detail("part:O")),
        pieces.encode(x, y, colour, alt.Detail("part:O")),
        of(LINE).mark_line(strokeWidth=2.4, strokeJoin="round", tooltip=None).encode(x, y, colour, dash),
        read.encode(x),
        of(READ).mark_point(filled=True, size=55, opacity=1, tooltip=None).encode(x, y, colour),
        tips.encode(x, y, tooltip=tooltip),
    ]
    return theme.styled(alt.layer(*layers, height=HEIGHT + theme.AXIS_HEIGHT))


def _label_of(shown: dict[str, str]) -> str:
    """Vega expression: the label of a legend entry that holds a name."""
    pairs = ", ".join(f"'{name}': '{label}'" for name, label in shown.items())
    return f"({{{pairs}}})[datum.label]"


def function_alt(*, column: str) -> str:
    what = "Activations" if column == VALUES else "Slopes of the activations"
    return f"{what} against z, one line each, thick where the function is saturated, dotted rule at the place read."


def function_table(snapshot: ActivationCurvesSnapshot) -> pd.DataFrame:
    """One row an activation: what it is at one place, where it is flat, its mean and its parameters."""
    return pd.DataFrame(
        {
            "Activation": [curve.label for curve in snapshot.curves],
            f"f({snapshot.at:g})": [_figure(curve.value_at) for curve in snapshot.curves],
            f"f '({snapshot.at:g})": [_figure(curve.slope_at) for curve in snapshot.curves],
            "Mean for normal input": [_figure(curve.mean) for curve in snapshot.curves],
            "Saturated": [_flat_text(curve) for curve in snapshot.curves],
            "Parameters a unit": [f"{curve.parameters:g}" for curve in snapshot.curves],
        }
    )


ROUNDING = 1e-12  # below it, a figure is what rounding leaves of 0


def _figure(value: float) -> str:
    return "0" if abs(value) < ROUNDING else f"{value:.3g}"


def _flat_text(curve: ActivationCurve) -> str:
    low = "" if curve.low is None else f"z < {curve.low:.3g}"
    high = "" if curve.high is None else f"z > {curve.high:.3g}"
    return " or ".join(filter(None, (low, high))) or "nowhere"
