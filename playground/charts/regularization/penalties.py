"""What penalties leave of the weights: shares of zeros, accuracy and histograms against the strength."""

import altair as alt
import pandas as pd
import pyarrow as pa

from playground.charts import theme
from playground.charts.histograms import histogram_rows, ridge_chart
from playground.charts.series import Look, Series, series_chart, series_data
from playground.jobs.regularization.penalties import PenalizedRun, PenaltiesSnapshot

LABELS = {"l2": "L2", "l1": "L1", "both": "L1 and L2", "subgradient": "L1 by subgradient"}
_COLOURS = dict(zip(LABELS, ("#2a7fc1", "#d0611a", "#23906b", "#b0559f"), strict=True))
ZEROS, ACCURACY = "zeros", "val_accuracy"
TITLES = {ZEROS: "Weights that are exactly 0 (%)", ACCURACY: "Validation accuracy (%)"}
STRENGTH = "Strength (log)"


def runs_of(seen: PenaltiesSnapshot, kind: str) -> list[PenalizedRun]:
    return [run for run in seen.runs if run.kind == kind]


def penalty_data(seen: PenaltiesSnapshot, *, column: str) -> pd.DataFrame:
    """Columns as in `series_data`: a share against the strength, one series a kind; strength 0 has no place."""
    kinds = dict.fromkeys(run.kind for run in seen.runs)
    return series_data(
        Series(
            LABELS[kind],
            [run.strength for run in runs_of(seen, kind) if run.strength],
            [getattr(run, column) for run in runs_of(seen, kind) if run.strength],
        )
        for kind in kinds
    )


def penalty_chart(*, column: str, kinds: tuple[str, ...], domain: tuple[float, float]) -> alt.LayerChart:
    """Points joined by lines over a logarithmic axis; reads the named data `column`."""
    return series_chart(
        name=column,
        looks=tuple(Look(LABELS[kind], _COLOURS[kind], list(LABELS).index(kind), has_points=True) for kind in kinds),
        x_title=STRENGTH,
        y_title=TITLES[column],
        x_log=True,
        x_domain=domain,
        y_domain=(0.0, 1.0),
        number=".0%",
        height=230,
    )


def penalty_alt(*, column: str) -> str:
    return f"{TITLES[column]} against the strength of the penalty, one line a kind of penalty."


def weights_data(seen: PenaltiesSnapshot, kind: str, strengths: tuple[float, ...]) -> pa.Table:
    """Columns as in `histogram_rows`: all weights at each strength; heights are square roots of counts."""
    found = {run.strength: run.weights for run in runs_of(seen, kind)}
    return histogram_rows([(f"{strength:g}", found.get(strength)) for strength in strengths], power=0.5)


def weights_chart(*, num_layers: int) -> alt.LayerChart:
    """A row a strength on one axis of weights; reads the named data `weights`."""
    return ridge_chart("weights", "Weight", theme.ACTIVATIONS, num_layers)


def weights_alt() -> str:
    return "Histograms of all weights at each strength on one axis, no penalty on top."
