"""A tensor N x C x (H, W) unrolled, the cells that share a mean, and their values before and after."""

import altair as alt
import numpy as np
import pandas as pd

from playground.catalog import NORMALIZATIONS
from playground.charts import theme
from playground.charts.byte_message import byte_message
from playground.jobs.normalization.normalized_tensor import NormalizedTensorJob
from playground.jobs.normalization.normalized_tensor_snapshot import NormalizedTensorSnapshot, TensorUnder

BEFORE, AFTER = "before", "after"
MOST_CELLS = 500


def tensor_payload(job: NormalizedTensorJob, seen: NormalizedTensorSnapshot, *, shown: str, chosen: str) -> bytes:
    """The tensor once for each normalization (`playground/ui/normalization/tensor_cells.js` draws it).

    Args:
        seen: of the job, at its end.
        shown: BEFORE or AFTER.
        chosen: key of the normalization whose numbers are shown.
    """
    kinds, before = seen.kinds, seen.values
    pictures = np.array([before if shown == BEFORE else kind.after for kind in kinds]).reshape(len(kinds), -1)
    limit = float(np.abs(pictures).max(initial=0.0)) or 1.0
    shares = [np.broadcast_to(kind.shares[:, :, None, None], job.shape).ravel() for kind in kinds]
    header = {
        "number": len(kinds),
        "shape": job.shape,
        "cell": job.position - 1 + job.side**2 * (job.channel - 1 + job.num_channels * (job.sample - 1)),
        "names": [kind.name for kind in kinds],
        "titles": [f"{NORMALIZATIONS[kind.name].label}: {kind.num_cells} cells" for kind in kinds],
        "chosen": [kind.name for kind in kinds].index(chosen),
        "negative": theme.NEGATIVE,
        "positive": theme.POSITIVE,
        "mark": theme.CLASS_COLOURS[5],
        "alt": tensor_alt(),
    }
    arrays = {
        "codes": (128 + np.rint(127 * pictures / limit)).astype(np.uint8),
        "shares": np.array(shares, dtype=np.uint8),
        "before": before.astype(np.float32),
        "after": np.array([kind.after for kind in kinds], dtype=np.float32),
    }
    return byte_message(header, arrays)


def tensor_alt() -> str:
    return "Samples down, channels across, once a normalization; cells that share a mean with the chosen one stand out."


def cells_data(kind: TensorUnder) -> pd.DataFrame:
    """Columns before, after (values of the cells that share a mean, at most 500), chosen (whether it is the cell)."""
    kept = theme.thinned(len(kind.cells_before), MOST_CELLS - 1)
    rows = pd.DataFrame({"before": kind.cells_before[kept], "after": kind.cells_after[kept], "chosen": False})
    cell = pd.DataFrame({"before": [kind.chosen_before], "after": [kind.chosen_after], "chosen": [True]})
    return pd.concat([rows, cell], ignore_index=True)


def cells_chart() -> alt.LayerChart:
    """A dot for each cell before (upper row) and after (lower row), joined; reads `cells`."""
    base = alt.Chart(alt.NamedData("cells"))
    scale = alt.Scale(zero=False, nice=True)
    x = alt.X("before:Q", title="Value", scale=scale, axis=alt.Axis(format=theme.NUMBER, tickCount=8))
    x_after = alt.X("after:Q", title="Value", scale=scale)
    rows = alt.Scale(type="point", domain=[BEFORE, AFTER], padding=0.3)
    axis = alt.Axis(title=None, grid=True, labelFontSize=theme.TITLE_SIZE, minExtent=theme.Y_AXIS_WIDTH)
    upper, lower = (alt.YDatum(row, type="nominal", scale=rows, axis=axis) for row in (BEFORE, AFTER))
    tooltip = [alt.Tooltip("before:Q", format=".4~g"), alt.Tooltip("after:Q", format=".4~g")]
    layers = []
    for is_chosen, colour, size, strength in (
        (False, theme.MINIBATCH, 36, 0.35),
        (True, theme.CLASS_COLOURS[5], 130, 1),
    ):
        cells = base.transform_filter(alt.datum.chosen == is_chosen)
        threads = cells.mark_rule(color=colour, strokeWidth=2.5 if is_chosen else 1, opacity=strength, tooltip=None)
        dots = {"filled": True, "size": size, "color": colour, "opacity": 0.5 + strength / 2}
        layers += [
            threads.encode(x=x, x2=alt.X2("after:Q"), y=upper, y2=alt.Y2Datum(AFTER)),
            cells.mark_point(**dots).encode(x=x, y=upper, tooltip=tooltip),
            cells.mark_point(**dots).encode(x=x_after, y=lower, tooltip=tooltip),
        ]
    zero = base.transform_aggregate(rows="count()").mark_rule(color=theme.MARKER, strokeDash=theme.DASHES[2])
    return theme.styled(alt.layer(zero.encode(x=alt.XDatum(0)), *layers, height=230))


def cells_alt() -> str:
    return "Values of the cells that share a mean, before in the upper row and after in the lower one, joined by lines."
