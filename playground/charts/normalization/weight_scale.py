"""What a layer and its gradient make of weights times a number, one line a normalization."""

import altair as alt
import pandas as pd

from playground.catalog import NORMALIZATIONS
from playground.charts.normalization.look import normalization_looks
from playground.charts.series import Series, series_chart, series_data
from playground.jobs.normalization.weight_scale import FACTORS, WeightScaleSnapshot

OUTPUT, GRADIENT = "output_change", "gradient_ratio"
TICKS = (0.01, 0.1, 1.0, 10.0, 100.0)
TITLES = {OUTPUT: "Largest change of the output (log)", GRADIENT: "Gradient over the one at a = 1 (log)"}


def weight_scale_data(seen: WeightScaleSnapshot, *, column: str) -> pd.DataFrame:
    """Columns as in `series_data`, over FACTORS; at a = 1 nothing changes, and a log axis cannot show that."""
    return series_data(
        (
            Series(NORMALIZATIONS[name].label, FACTORS, [getattr(one, column) for one in curve])
            for name, curve in seen.curves.items()
        ),
        log_scale=True,
    )


def weight_scale_chart(*, column: str, normalizations: tuple[str, ...]) -> alt.LayerChart:
    """Both axes logarithmic; reads the named data `column`."""
    return series_chart(
        name=column,
        looks=normalization_looks(normalizations, has_points=True),
        x_title="Weights times a (log)",
        y_title=TITLES[column],
        x_log=True,
        y_log=True,
        x_ticks=TICKS,
        height=320,
    )


def weight_scale_alt(*, column: str) -> str:
    return f"{TITLES[column]} against the factor of the weights, one line a normalization."
