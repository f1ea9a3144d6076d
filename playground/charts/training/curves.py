"""Loss, accuracy and learning rate against the epoch, with epoch axes of one width and one range."""

from collections.abc import Mapping

import altair as alt
import numpy as np
import pyarrow as pa

from playground.catalog import SCHEDULES
from playground.catalog.schedules import sampled_points
from playground.charts import theme
from playground.charts.training.curve_chart import curve_chart, value_axis
from playground.charts.training.curve_rows import (
    COST,
    MINIBATCH,
    RATE,
    TRAIN,
    VALIDATION,
    Line,
    curve_rows,
    last_epoch,
    step_epochs,
)
from playground.charts.training.drawn_history import drawn_bands, drawn_history
from playground.jobs.training.snapshot import TrainingSnapshot
from playground.train import history

HEIGHT = 245  # pixels, so that loss and accuracy are seen at once on a laptop
BEHIND = 0.05  # share of the run that the best epoch must lie behind to be marked: before that it runs along


def loss_data(snapshot: TrainingSnapshot, *, log_scale: bool = False, has_cost: bool = False) -> pa.Table:
    """Losses of the training split, the validation split and single batches; columns as in `curve_rows`.

    The axis is made for what is measured on whole splits; single batches may leave it, but not those of a run that has
    diverged.

    Args:
        has_cost: with the cost on the training split, which is the loss and all that training adds to it.
    """
    columns = {TRAIN: "train_loss", VALIDATION: "val_loss"} | ({COST: history.COST} if has_cost else {})
    batches = snapshot.minibatch
    losses = np.asarray(batches.get("loss", ()), dtype=float)
    lines = [Line(MINIBATCH, step_epochs(snapshot, batches.get("step", ())), losses), *_lines(snapshot, columns)]
    reached = losses if snapshot.diverged_at is not None else lines[1].values[:1]
    reached = reached[np.isfinite(reached)]
    return curve_rows(
        lines,
        end=last_epoch(snapshot),
        best=best_epoch(snapshot),
        positive=log_scale,
        reaches=[reached.max()] if reached.size else [],
    )


def _lines(snapshot: TrainingSnapshot, columns: Mapping[str, str]) -> list[Line]:
    """A line for each series -> column of the history."""
    rows, bands = drawn_history(snapshot), drawn_bands(snapshot)
    return [Line(series, rows["epoch"], rows[column], bands.get(column)) for series, column in columns.items()]


def loss_chart(
    *, unit: str, log_scale: bool = False, has_bands: bool = False, has_cost: bool = False, batch: str = MINIBATCH
) -> alt.LayerChart:
    """Train (solid), validation (dashed), cost (dash-dotted) and single-batch (faint) loss; reads the data `loss`.

    Args:
        unit: of the loss, in the title of its axis.
        has_bands: draw mean -+ standard deviation over seeds.
        batch: what the legend calls single batches.
    """
    scale = alt.Scale(type="log", nice=False) if log_scale else alt.Scale(zero=True)
    title = f"Loss ({unit}, log)" if log_scale else f"Loss ({unit})"
    y = value_axis(title, scale, theme.NUMBER)
    series = (MINIBATCH, TRAIN, VALIDATION, *([COST] if has_cost else []))
    return curve_chart("loss", y, series, has_bands=has_bands, height=HEIGHT, batch=batch)


def loss_alt(*, unit: str, has_cost: bool = False, batch: str = MINIBATCH) -> str:
    cost = ", cost with all that training adds to the loss dash-dotted" if has_cost else ""
    batches = "single batches" if batch == MINIBATCH else batch
    return f"Loss in {unit} against the epoch: training solid, validation dashed{cost}, {batches} faint."


def best_epoch(snapshot: TrainingSnapshot) -> float | None:
    """Epoch of the lowest validation loss, where it is to be marked: the run has left it, and it is not the first."""
    best, epochs = snapshot.best.get("epoch"), np.asarray(snapshot.history.get("epoch", ()), dtype=float)
    if not best or not epochs.size or epochs[-1] - best <= BEHIND * snapshot.num_epochs:
        return None
    return best


def accuracy_data(snapshot: TrainingSnapshot) -> pa.Table:
    """Accuracies in [0, 1] of the training and the validation split; columns as in `curve_rows`."""
    lines = _lines(snapshot, {TRAIN: "train_accuracy", VALIDATION: "val_accuracy"})
    return curve_rows(lines, end=last_epoch(snapshot), best=best_epoch(snapshot))


def accuracy_chart(*, has_bands: bool = False) -> alt.LayerChart:
    """Train (solid) and validation (dashed) accuracy, 0 to 100%; reads the named data `accuracy`."""
    y = value_axis("Accuracy (%)", alt.Scale(domain=[0, 1], clamp=True), ".0%")
    height = theme.CURVE_HEIGHT - 30
    return curve_chart("accuracy", y, (TRAIN, VALIDATION), has_bands=has_bands, height=height, number=".1%", rises=True)


def accuracy_alt() -> str:
    return "Accuracy in percent against the epoch: training solid, validation dashed, best epoch marked."


def has_varying_rate(snapshot: TrainingSnapshot) -> bool:
    """Whether the learning rate is worth a picture."""
    config, used = snapshot.config, np.asarray(snapshot.minibatch.get("learning_rate", ()), dtype=float)
    if config.warmup_fraction or SCHEDULES[config.schedule].factor is None or (used.size and np.ptp(used)):
        return True
    return len({factor for _, factor in sampled_points(config, config.schedule)}) > 1


def learning_rate_data(snapshot: TrainingSnapshot) -> pa.Table:
    """Learning rate of every recorded step; of every epoch before the first step, and where seeds differ in it.

    Columns are as in `curve_rows`.
    """
    steps, rows, spread = snapshot.minibatch.get("step", ()), snapshot.history, snapshot.bands.get("learning_rate")
    if len(steps) and not np.any(spread):
        line = Line(RATE, step_epochs(snapshot, steps), snapshot.minibatch["learning_rate"])
    else:
        line = Line(RATE, rows.get("epoch", ()), rows.get("learning_rate", ()), spread)
    return curve_rows([line], end=last_epoch(snapshot), lowest=0.0)  # a band must not promise rates below 0


def learning_rate_chart(*, has_bands: bool = False) -> alt.LayerChart:
    """Learning rate against the epoch; reads the named data `learning_rate`."""
    y = value_axis("Learning rate", alt.Scale(zero=True), theme.NUMBER)
    return curve_chart("learning_rate", y, (RATE,), has_bands=has_bands, height=170)


def learning_rate_alt() -> str:
    return "Learning rate against the epoch."
