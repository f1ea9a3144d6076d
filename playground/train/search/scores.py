"""scored: a trial with what its networks have reached."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from playground.thinning import extremes
from playground.train.ending import CUT, DIVERGED, FINISHED, RUNNING, STOPPED
from playground.train.history import History, none_if_missing
from playground.train.search.trials import MAX_ROWS, Trial, TrialCurve

WORST_FIRST = (DIVERGED, CUT, RUNNING, STOPPED)


def status_of(statuses: Sequence[str]) -> str:
    """How a trial is whose folds are so: one that diverged or was cut spoils it."""
    return next((status for status in WORST_FIRST if status in statuses), FINISHED)


def scored(trial: Trial, status: str, histories: Sequence[History], *, keep_curve: bool = True) -> Trial:
    """The trial with its scores: over the folds first, then at the best epoch of the mean curve.

    Args:
        histories: of each fold; one without a cross-validation. Epochs that not all folds have are left out.
    """
    num_rows = min(map(len, histories))
    columns = {
        name: np.array([history.column(name)[:num_rows] for history in histories])
        for name in ("train_loss", "val_loss", "val_accuracy")
    }
    epochs = histories[0].column("epoch")[:num_rows]
    trial = replace(
        trial,
        status=status,
        num_epochs=max(map(len, histories)) - 1,
        curve=_curve(epochs, columns) if keep_curve else None,
    )
    return trial if status in (DIVERGED, CUT) else _at_best(trial, epochs, columns)


def _at_best(trial: Trial, epochs: Sequence[float], columns: dict[str, np.ndarray]) -> Trial:
    losses = columns["val_loss"].mean(axis=0)
    finite = np.where(np.isfinite(losses), losses, np.inf)
    row = int(finite.argmin())  # the first of equals
    if finite[row] == np.inf:
        return trial
    at_best = {name: values[:, row] for name, values in columns.items()}
    found = {name: none_if_missing(float(at_best[name].mean())) for name in ("val_loss", "val_accuracy")}
    if len(columns["val_loss"]) > 1:
        found |= {f"{name}_std": none_if_missing(float(at_best[name].std(ddof=1))) for name in found}
    return replace(trial, best_epoch=int(epochs[row]), **found)


def _curve(epochs: Sequence[float], columns: dict[str, np.ndarray]) -> TrialCurve:
    means = {name: values.mean(axis=0) for name, values in columns.items()}
    rows = extremes(np.stack([*means.values()]), MAX_ROWS)
    means = {name: _finite(values[rows]) for name, values in means.items()}
    return TrialCurve(epoch=np.array(epochs, dtype=np.float32)[rows], **means)


def _finite(values: np.ndarray) -> np.ndarray:
    """As float32, NaN for what is no number or too large for a chart."""
    largest = np.finfo(np.float32).max
    return np.where(np.abs(values) < largest, values, np.nan).astype(np.float32)
