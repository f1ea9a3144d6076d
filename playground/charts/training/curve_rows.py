"""The rows of a curve chart: many lines, the best epoch and the ends of the axes in one table."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from playground.charts.table import named, table
from playground.charts.theme import thinned, thinned_curve
from playground.charts.training.drawn_history import drawn_history
from playground.jobs.training.snapshot import TrainingSnapshot

MINIBATCH, TRAIN, VALIDATION, COST, RATE = "one batch", "train", "validation", "cost", "learning rate"
# Not lines: the best epoch, the two ends that every curve's epoch axis reaches, and values that the other one reaches.
BEST, EDGE, RANGE = "best", "edge", "range"
SERIES = (MINIBATCH, TRAIN, VALIDATION, COST, RATE, BEST, EDGE, RANGE)

MAX_TIPS = 120  # places along a curve that answer to the pointer: each is one element in the browser


@dataclass(frozen=True)
class Line:
    """One line of a chart.

    Args:
        series: one of SERIES.
        epochs, values: (rows,).
        spread: (rows,) standard deviation over seeds, or None.
    """

    series: str
    epochs: np.ndarray
    values: np.ndarray
    spread: np.ndarray | None = None


def step_epochs(snapshot: TrainingSnapshot, steps: np.ndarray) -> np.ndarray:
    """The epoch, fraction included, at which each step was taken; the batch size may have changed on the way."""
    steps = np.asarray(steps, dtype=float)
    known_steps = np.asarray(snapshot.history.get("step", ()), dtype=float)
    known_epochs = np.asarray(snapshot.history.get("epoch", ()), dtype=float)
    if not known_steps.size:
        known_steps, known_epochs = np.zeros(1), np.zeros(1)
    steps_left = snapshot.total_steps - known_steps[-1]
    epochs_left = snapshot.num_epochs - known_epochs[-1]
    rate = epochs_left / steps_left if steps_left > 0 and epochs_left > 0 else 0.0
    beyond = np.maximum(steps - known_steps[-1], 0)
    return np.interp(steps, known_steps, known_epochs) + rate * beyond


def last_epoch(snapshot: TrainingSnapshot) -> float:
    """Where the epoch axis ends: the newest point of any curve, and 1 before that, unless the run has diverged."""
    steps = np.asarray(snapshot.minibatch.get("step", ()), dtype=float)
    reached = np.concatenate([drawn_history(snapshot)["epoch"], step_epochs(snapshot, steps)])
    end = float(reached[np.isfinite(reached)].max(initial=0))
    return end if snapshot.diverged_at is not None and end else max(end, 1.0)


def curve_rows(
    lines: list[Line],
    *,
    end: float,
    best: float | None = None,
    positive: bool = False,
    lowest: float = -np.inf,
    reaches: Sequence[float] = (),
) -> pa.Table:
    """The table of a curve chart.

    Args:
        end: last epoch of the axis.
        best: the epoch to mark, or None.
        positive: drop values that a log axis cannot show, and end a band at the lowest value shown.
        lowest: where a band ends at the latest.
        reaches: values that the axis reaches beside those of the lines other than single batches.

    Returns:
        Columns series, epoch, value, tip (answers to the pointer), now (the newest point of a line) and, when a line
        has a spread, low and high (value -+ spread); first the lines in their order, then two rows "edge", one "range"
        for each value to reach, and a row "best" when there is one to mark.
    """
    parts = [_line_rows(line, positive, lowest) for line in lines]
    parts.append(_rows(EDGE, np.array([0.0, end])))
    if len(reaches):
        parts.append(_rows(RANGE, np.zeros(len(reaches)), np.asarray(reaches, dtype=float)))
    if best is not None and np.isfinite(best):
        parts.append(_rows(BEST, np.array([float(best)])))
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    if all(line.spread is None for line in lines):
        del columns["low"], columns["high"]
    return table({**columns, "series": named(columns["series"], SERIES)})


def _rows(
    series: str,
    epochs: np.ndarray,
    values: np.ndarray | None = None,
    low: np.ndarray | None = None,
    high: np.ndarray | None = None,
) -> dict[str, np.ndarray]:
    """Columns of one series: bytes and short floats, because they travel twice a second."""
    tip, now = np.zeros((2, epochs.size), dtype=bool)
    if values is not None and series not in (MINIBATCH, RANGE):
        tip[thinned(epochs.size, MAX_TIPS)] = True
        now[-1:] = True
    missing = np.full(epochs.size, np.nan, dtype=np.float32)
    numbers = {"epoch": epochs, "value": values, "low": low, "high": high}
    columns = {name: missing if column is None else column.astype(np.float32) for name, column in numbers.items()}
    return {"series": np.full(epochs.size, SERIES.index(series), dtype=np.int8), **columns, "tip": tip, "now": now}


def _line_rows(line: Line, positive: bool, lowest: float) -> dict[str, np.ndarray]:
    epochs, values = np.asarray(line.epochs, dtype=float), np.asarray(line.values, dtype=float)
    kept = np.isfinite(epochs) & np.isfinite(values)
    if positive:
        kept &= values > 0
    rows = np.flatnonzero(kept)
    rows = rows[thinned_curve(values[rows])]
    epochs, values = epochs[rows], values[rows]
    if line.spread is None:
        return _rows(line.series, epochs, values)
    spread = np.asarray(line.spread, dtype=float)[rows]
    low = np.maximum(values - spread, lowest)
    if positive and values.size:
        low[low <= 0] = values.min()
    return _rows(line.series, epochs, values, low, values + spread)
