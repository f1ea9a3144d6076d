"""The curves of one trial: loss and accuracy after each epoch."""

import math

import altair as alt
import pandas as pd

from playground.charts import theme
from playground.charts.series import Look, Series, series_chart, series_data
from playground.train.search.trials import TrialCurve

HEIGHT = 230  # pixels
MOST_TICKS = 6
TRAIN, VALIDATION = LOOKS = (
    Look("train", theme.TRAIN),
    Look("validation", theme.VALIDATION, number=1),
)


def trial_loss_data(curve: TrialCurve) -> pd.DataFrame:
    """Columns as in `series_data`; losses in the unit of the search's loss."""
    columns = ((TRAIN, curve.train_loss), (VALIDATION, curve.val_loss))
    return series_data([Series(look.name, curve.epoch, values) for look, values in columns])


def trial_loss_chart(*, unit: str, num_epochs: int) -> alt.LayerChart:
    """Training (solid) and validation (dashed) loss against the epoch; reads the named data `trial_loss`."""
    return series_chart(name="trial_loss", looks=LOOKS, y_title=f"Loss ({unit})", **_epochs(num_epochs))


def trial_loss_alt(*, unit: str) -> str:
    return f"Loss of the trial in {unit} against the epoch: training solid, validation dashed."


def trial_accuracy_data(curve: TrialCurve) -> pd.DataFrame:
    """Columns as in `series_data`; accuracies in [0, 1]."""
    return series_data([Series(VALIDATION.name, curve.epoch, curve.val_accuracy)])


def trial_accuracy_chart(*, num_epochs: int) -> alt.LayerChart:
    """Validation accuracy against the epoch; reads the named data `trial_accuracy`."""
    y = {"y_title": "Validation accuracy", "y_domain": (0, 1), "number": ".0%"}
    return series_chart(name="trial_accuracy", looks=(VALIDATION,), **y, **_epochs(num_epochs))


def trial_accuracy_alt() -> str:
    return "Validation accuracy of the trial against the epoch."


def _epochs(num_epochs: int) -> dict[str, object]:
    """An axis of epochs that is the same for both curves, with whole numbers."""
    step = math.ceil(num_epochs / MOST_TICKS)
    ticks = tuple(range(0, num_epochs + 1, step))
    return {"x_title": "Epoch", "x_domain": (0, num_epochs), "x_ticks": ticks, "height": HEIGHT}
