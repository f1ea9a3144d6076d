"""One unit's batch and running statistics, and what they do to the validation split."""

import altair as alt
import numpy as np
import pandas as pd

from playground.charts import theme
from playground.charts.series import Look, Series, series_chart, series_data
from playground.jobs.normalization.running_statistics import RunningStatisticsSnapshot

BATCH, RUNNING, WHOLE = "batch", "running", "whole split"
# in what is sent -> in the picture
MODES = {"training": "train mode", "running": "eval mode, running averages", "fresh": "eval mode, fresh statistics"}
STATISTIC_LOOKS = (
    Look(BATCH, theme.MINIBATCH, is_line=False),
    Look(RUNNING, theme.CLASS_COLOURS[1]),
    Look(WHOLE, theme.CLASS_COLOURS[0], number=1),
)
MODE_LOOKS = tuple(
    Look(name, theme.CLASS_COLOURS[place], number=number)
    for name, place, number in zip(MODES.values(), (0, 1, 2), (1, 0, 2), strict=True)
)
LOSS, ACCURACY = "loss", "accuracy"
HEIGHT = 250


def statistic_data(seen: RunningStatisticsSnapshot, *, statistic: str) -> pd.DataFrame:
    """Columns as in `series_data`; `statistic` is "mean" or "var"."""
    if seen.batch_mean is None:
        return series_data(())
    steps = np.arange(1, len(seen.batch_mean) + 1)
    return series_data(
        (
            Series(BATCH, steps, getattr(seen, f"batch_{statistic}")),
            Series(RUNNING, steps, getattr(seen, f"running_{statistic}")),
            Series(WHOLE, seen.look_steps, getattr(seen, f"data_{statistic}")),
        )
    )


def statistic_chart(*, statistic: str, title: str) -> alt.LayerChart:
    """Points of single batches, the running value, and that of the whole split; reads the named data `statistic`."""
    return series_chart(name=statistic, looks=STATISTIC_LOOKS, x_title="Step", y_title=title, height=HEIGHT)


def statistic_alt(*, title: str) -> str:
    return f"{title} of one unit against the step: each batch, the running value, and the whole training split."


def mode_data(seen: RunningStatisticsSnapshot, *, measure: str) -> pd.DataFrame:
    """Columns as in `series_data`; `measure` is LOSS or ACCURACY."""
    values = getattr(seen, measure)
    if not values:
        return series_data(())
    series = (Series(name, seen.look_steps, values[mode]) for mode, name in MODES.items())
    return series_data(series, log_scale=measure == LOSS)


def mode_chart(*, measure: str, title: str) -> alt.LayerChart:
    """Validation loss (log axis) or accuracy in all modes; reads the named data `modes`."""
    number, is_loss = ".0%" if measure == ACCURACY else theme.NUMBER, measure == LOSS
    return series_chart(
        name="modes", looks=MODE_LOOKS, x_title="Step", y_title=title, y_log=is_loss, number=number, height=HEIGHT
    )


def mode_alt() -> str:
    return (
        "Validation split against the step: normalized by its own batches, by the running averages, and by fresh "
        "statistics of the training split."
    )
