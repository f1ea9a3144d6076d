"""Curves of a training run in few rows: its history over the seeds, and the update ratio of each layer."""

from collections.abc import Sequence

import numpy as np

from playground.jobs.training.snapshot import MAX_POINTS, MAX_ROWS
from playground.jobs.training.survivors import survivors
from playground.thinning import extremes
from playground.train.history import SCORES, Curve, History, none_if_missing
from playground.train.layer_probe import LayerProbe

Columns = dict[str, np.ndarray]


def history_curves(histories: Sequence[History], statuses: Sequence[str]) -> tuple[Columns, Columns]:
    """History of the run, or mean and standard deviation over the seeds, up to the epoch that all have reached.

    Runs that have diverged are left out, unless all have: their losses would be all that a mean shows, and their
    end the end of all curves. The spread of a single run is no number.
    """
    if len(histories) == 1:
        return histories[0].thinned(MAX_ROWS), {}
    histories = [histories[number] for number in survivors(statuses)] or histories
    num_rows = min(len(history) for history in histories)
    stacked = {
        name: np.array([history.column(name)[:num_rows] for history in histories], dtype=float)
        for name in histories[0].names
    }
    with np.errstate(invalid="ignore"):  # losses beyond all numbers have no spread
        means = {name: values.mean(axis=0) for name, values in stacked.items()}
        spreads = {name: _spread(values) for name, values in stacked.items()}
    rows = extremes(np.stack([means[name] for name in SCORES]), MAX_ROWS)
    return tuple({name: values[rows] for name, values in columns.items()} for columns in (means, spreads))


def _spread(values: np.ndarray) -> np.ndarray:
    return values.std(axis=0, ddof=1) if len(values) > 1 else np.full(values.shape[1:], np.nan)


def best_of_means(means: Columns) -> dict[str, float | None]:
    """The epoch with the lowest mean validation loss among those that are drawn."""
    names = ("epoch", "val_loss", "val_accuracy")
    if not np.isfinite(means["val_loss"]).any():
        return dict.fromkeys(names)
    row = int(np.argmin(np.where(np.isfinite(means["val_loss"]), means["val_loss"], np.inf)))
    return {name: none_if_missing(float(means[name][row])) for name in names}


class LayerCurves:
    """Update ratio of every layer against the epoch."""

    def __init__(self) -> None:
        self._curves: list[Curve] = []
        self._num_seen = 0

    def follow(self, probes: Sequence[Sequence[LayerProbe]]) -> None:
        """Take in what is new in a record of layers, one entry an epoch."""
        self._curves = self._curves or [Curve() for _ in probes[0]]
        for epoch in range(self._num_seen, len(probes)):
            for curve, probe in zip(self._curves, probes[epoch], strict=True):
                if probe.update_ratio is not None:
                    curve.append(epoch, probe.update_ratio)
        self._num_seen = len(probes)

    def columns(self, now: tuple[float, Sequence[LayerProbe]] | None = None) -> Columns:
        """As `TrainingSnapshot.layer_history`.

        Args:
            now: an epoch, fraction included, and the layers there, to go on with.
        """
        lines = [curve.thinned(MAX_POINTS - 1).reshape(-1, 2) for curve in self._curves]
        if now is not None:
            epoch, layers = now
            ends = [[epoch, np.nan if layer.update_ratio is None else layer.update_ratio] for layer in layers]
            lines = [np.vstack([line, end]) for line, end in zip(lines, ends, strict=True)]
        table = np.full((max(map(len, lines), default=0), len(lines), 2), np.nan)
        for number, line in enumerate(lines):
            table[: len(line), number] = line
        return {"epoch": table[:, :, 0], "update_ratio": table[:, :, 1]}
