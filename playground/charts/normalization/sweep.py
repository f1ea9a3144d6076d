"""Accuracy against a swept field, one line a normalization."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from playground.catalog import NORMALIZATIONS
from playground.charts.normalization.look import normalization_looks
from playground.charts.series import Series, series_chart, series_data
from playground.fields import SPECS
from playground.jobs.normalization.sweep import REFUSED, SweptRun

TRAINING, VALIDATION = "train_accuracy", "val_accuracy"
TITLES = {TRAINING: "Training accuracy (%)", VALIDATION: "Validation accuracy (%)"}
LOST = {REFUSED: "refused", "diverged": "diverged"}


def sweep_data(runs: Sequence[SweptRun], *, column: str) -> pd.DataFrame:
    """Of the runs that have ended or were refused; columns as in `series_data`."""
    return series_data(_series(name, runs, column) for name in dict.fromkeys(run.normalization for run in runs))


def _series(name: str, runs: Sequence[SweptRun], column: str) -> Series:
    own = sorted((r for r in runs if r.normalization == name), key=lambda run: run.value)
    own = [run for run in own if run.has_result or run.status in LOST]
    lost = [LOST.get(run.status, "") for run in own]
    y = [None if word else getattr(run, column) for run, word in zip(own, lost, strict=True)]
    return Series(NORMALIZATIONS[name].label, [run.value for run in own], y, lost)


def sweep_chart(
    *,
    field: str,
    normalizations: tuple[str, ...],
    column: str,
    values: tuple[float, ...],
    level: float | None = None,
) -> alt.LayerChart:
    """Points joined by lines; a cross at the bottom is a run that was refused or diverged. Reads `sweep`.

    Args:
        field: that is swept, for the title.
        column: TRAINING or VALIDATION.
        values: of the swept field, so that the axis stands while results come.
        level: what counts as trained, a dashed line.
    """
    spec = SPECS[field]
    unit = f" ({spec.unit}, log)" if spec.unit else " (log)"
    return series_chart(
        name="sweep",
        looks=normalization_looks(normalizations, has_points=True),
        x_title=spec.label + unit,
        y_title=TITLES[column],
        x_log=True,
        x_domain=(min(values) / 1.2, max(values) * 1.2),
        x_ticks=tuple(sorted(values)),
        y_domain=(0.0, 1.0),
        number=".0%",
        level=level,
        height=360,
    )


def sweep_alt(*, field: str) -> str:
    return f"Accuracy against {SPECS[field].label.lower()} on a log axis, one line a normalization; crosses failed."
