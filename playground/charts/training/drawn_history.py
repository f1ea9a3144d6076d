"""What the curves of a run are drawn from: its history, and what was measured between the rows of it."""

import numpy as np

from playground.jobs.training.snapshot import TrainingSnapshot
from playground.train.history import COST, SCORES

NAMES = ("step", "epoch", *SCORES, COST)
Columns = dict[str, np.ndarray]


def drawn_history(snapshot: TrainingSnapshot) -> Columns:
    """Columns of NAMES, (rows,) each, in the order of their steps; NaN where there is no value.

    A run that has diverged is drawn up to there: what its epoch still made of broken numbers says nothing.
    """
    now = {name: np.array([value]) for name, value in snapshot.present.items()}
    return _in_order(snapshot, _joined(snapshot.history, snapshot.moments, now))


def drawn_bands(snapshot: TrainingSnapshot) -> Columns:
    """The spread of each of these rows; empty with one seed."""
    if not snapshot.bands:
        return {}
    now = {name: np.array([value]) for name, value in snapshot.present_band.items()}
    spreads = _joined(snapshot.bands, snapshot.moment_bands, now)
    return _in_order(snapshot, spreads)


def latest(snapshot: TrainingSnapshot, column: str) -> float:
    """The newest number of a column that there is; NaN without one."""
    values = drawn_history(snapshot)[column]
    known = values[np.isfinite(values)]
    return float(known[-1]) if known.size else np.nan


def _joined(*parts: Columns) -> Columns:
    sizes = [len(next(iter(part.values()), ())) for part in parts]
    return {
        name: np.concatenate(
            [np.asarray(part.get(name, np.full(size, np.nan)), float) for part, size in zip(parts, sizes, strict=True)]
        )
        for name in NAMES
    }


def _in_order(snapshot: TrainingSnapshot, columns: Columns) -> Columns:
    """The rows of these columns, which stand as `_joined` puts history, moments and present, by their steps."""
    now = [snapshot.present["step"]] if snapshot.present else []
    steps = [np.asarray(part.get("step", ()), dtype=float) for part in (snapshot.history, snapshot.moments)]
    steps = np.concatenate([*steps, now])
    _, rows = np.unique(steps, return_index=True)
    if snapshot.diverged_at is not None:
        rows = rows[steps[rows] <= snapshot.diverged_at]
    return {name: values[rows] for name, values in columns.items()}
