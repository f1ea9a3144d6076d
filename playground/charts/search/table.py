"""The trials of a search as a table: to read, and to take away."""

from collections.abc import Sequence

import pandas as pd

from playground.catalog import SEARCH_METHODS
from playground.charts.search.axes import value_text
from playground.fields import SPECS
from playground.train.search.axis import Axis
from playground.train.search.trials import Trial

# Label -> field of a trial.
SCORES = {
    "Validation accuracy": "val_accuracy",
    "± accuracy": "val_accuracy_std",
    "Validation loss": "val_loss",
    "± loss": "val_loss_std",
    "Best epoch": "best_epoch",
    "Epochs": "num_epochs",
    "Status": "status",
}
EXPORTED = ("number", "method", "repeat", "status", "num_epochs", *list(SCORES.values())[:5], "lost_folds", "same_as")


def trial_table(trials: Sequence[Trial], space: Sequence[Axis], *, is_share: bool, has_folds: bool) -> pd.DataFrame:
    """One row a trial: Trial (from 1), Method, a column for each field, and the scores; numbers stay numbers.

    Which folds were lost, and whose training is shared, only where there is such.

    Args:
        is_share: there is an accuracy.
        has_folds: each score has a spread over folds.
    """
    columns: dict[str, list] = {"Trial": [trial.number + 1 for trial in trials]}
    columns["Method"] = [SEARCH_METHODS[trial.method].label for trial in trials]
    for axis in space:
        values = [trial.params.get(axis.field) for trial in trials]
        columns[SPECS[axis.field].label] = [v and value_text(axis.field, v) for v in values] if axis.choices else values
    for label, name in SCORES.items():
        if ("accuracy" not in name or is_share) and (not name.endswith("_std") or has_folds):
            columns[label] = [getattr(trial, name) for trial in trials]
    if has_folds and any(trial.lost_folds for trial in trials):
        columns["Lost folds"] = [trial.lost_folds for trial in trials]
    if any(trial.same_as is not None for trial in trials):
        columns["Same as trial"] = pd.array(
            [None if trial.same_as is None else trial.same_as + 1 for trial in trials], dtype="Int64"
        )
    return pd.DataFrame(columns)


def trial_export(trials: Sequence[Trial], space: Sequence[Axis]) -> pd.DataFrame:
    """Every column under the names of the fields, `number` from 0, as the command line counts."""
    rows = [
        {
            **{name: getattr(trial, name) for name in EXPORTED},
            **{axis.field: trial.params.get(axis.field) for axis in space},
        }
        for trial in trials
    ]
    return pd.DataFrame(rows, columns=[*EXPORTED, *(axis.field for axis in space)])
