"""Digits as pictures: treated, as principal directions, rebuilt; and the numbers of each direction."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from playground.catalog.preprocessing_lesson import ENOUGH
from playground.charts import theme
from playground.charts.depth import Series, depth_chart, depth_data
from playground.charts.pictures import pictures_payload
from playground.jobs.preprocessing.digit_directions import DigitDirectionsSnapshot

WHITE, RAW = "with epsilon", "without"
HEIGHT = 270
ZERO, REACH = 128, 127  # codes of a diverging picture


def grey_payload(pictures: np.ndarray, captions: Sequence[str] = (), *, alt: str) -> bytes:
    """Pictures from no ink, 0, to full ink, 1; what lies outside is cut off."""
    codes = np.rint(np.clip(pictures, 0, 1) * 255).astype(np.uint8)
    return pictures_payload(codes, list(captions), [], [False] * len(codes), mode="grey", alt=alt)


def diverging_payload(
    pictures: np.ndarray, captions: Sequence[str] = (), tips: Sequence[str] = (), *, alt: str
) -> bytes:
    """Pictures of positive and negative values, all on one scale."""
    limit = float(np.abs(pictures).max(initial=0.0))
    codes = (ZERO + np.rint(pictures / (limit or 1.0) * REACH)).astype(np.uint8)
    wrong = [False] * len(codes)
    return pictures_payload(codes, list(captions), list(tips), wrong, mode="diverging", alt=alt, limit=limit)


def direction_payload(seen: DigitDirectionsSnapshot) -> bytes:
    """The leading directions with their shares of the variance."""
    shares = seen.shares[: len(seen.directions)]
    captions = [f"{share:.1%}" for share in shares]
    tips = [f"direction {number}: {share:.2%} of the variance" for number, share in enumerate(shares, 1)]
    return diverging_payload(seen.directions, captions, tips, alt=direction_alt())


def direction_alt() -> str:
    return "Leading principal directions of the digits as pictures, with the share of the variance that each holds."


def share_data(seen: DigitDirectionsSnapshot, num_components: int) -> pd.DataFrame:
    """Columns direction (from 0), share (of the variance, up to and with it), is_kept (the last one kept)."""
    shares = np.append(0.0, np.cumsum(seen.shares if seen.shares is not None else ()))
    numbers = np.arange(len(shares))
    return pd.DataFrame({"direction": numbers, "share": shares, "is_kept": numbers == num_components})


def share_chart() -> alt.LayerChart:
    """Share of the variance against kept directions, with a rule where it is enough; reads the named data `shares`."""
    base = alt.Chart(alt.NamedData("shares"))
    x = alt.X("direction:Q", title="Kept directions", scale=alt.Scale(nice=False), axis=alt.Axis(grid=False))
    axis = alt.Axis(format="%", minExtent=theme.Y_AXIS_WIDTH)
    y = alt.Y("share:Q", title="Share of the variance", scale=alt.Scale(domain=[0, 1]), axis=axis)
    tooltip = [alt.Tooltip("direction:Q"), alt.Tooltip("share:Q", format=".2%")]
    kept = base.transform_filter("datum.is_kept")
    rule = base.mark_rule(color=theme.MARKER, strokeDash=theme.DASHES[2], strokeWidth=1.5, tooltip=None)
    layers = [
        rule.encode(y=alt.YDatum(ENOUGH)),
        base.mark_line(color=theme.ACTIVATIONS, strokeWidth=2, tooltip=None).encode(x, y),
        base.mark_point(color=theme.ACTIVATIONS, size=16, filled=True, opacity=1).encode(x, y, tooltip=tooltip),
        kept.mark_point(color=theme.GRADIENTS, size=150, strokeWidth=2.5, opacity=1).encode(x, y, tooltip=tooltip),
    ]
    return theme.styled(alt.layer(*layers, height=HEIGHT))


def share_alt() -> str:
    return "Share of the variance that the leading directions hold together, with a dotted rule at 95 percent."


def whitened_data(seen: DigitDirectionsSnapshot) -> pd.DataFrame:
    """Columns as in `depth_data`: standard deviation in each whitened direction, with epsilon and without."""
    if seen.white is None:
        return depth_data((), log_scale=True)
    return depth_data([Series(WHITE, seen.white), Series(RAW, seen.raw)], log_scale=True)


def whitened_chart() -> alt.LayerChart:
    """Two lines of points on a log axis; reads the named data `whitened`."""
    return depth_chart(
        name="whitened",
        title="Standard deviation (log)",
        names=(WHITE, RAW),
        colours=(theme.ACTIVATIONS, theme.GRADIENTS),
        log_scale=True,
        x_title="Direction",
    )


def whitened_alt() -> str:
    return "Standard deviation of unseen digits in each whitened direction, with epsilon and without, on a log axis."
