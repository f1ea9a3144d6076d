"""History: one row per epoch, and the live curve of single updates."""

import math

import numpy as np

COLUMNS = (
    "step",
    "epoch",
    "train_loss",
    "val_loss",
    "train_accuracy",
    "val_accuracy",
    "learning_rate",
    "grad_norm",
    "update_ratio",
)
SCORES = ("train_loss", "val_loss", "train_accuracy", "val_accuracy")
NO_VALUE = math.nan


class History:
    """Rows of COLUMNS; row 0 is from before the first update. A value that does not exist is NaN."""

    def __init__(self) -> None:
        self._columns: dict[str, list[float]] = {name: [] for name in COLUMNS}
        self._best_row, self._best_loss = 0, math.inf

    def __len__(self) -> int:
        return len(self._columns["step"])

    def append(self, **row: float) -> None:
        for name, values in self._columns.items():
            values.append(row[name])
        if row["val_loss"] < self._best_loss:
            self._best_row, self._best_loss = len(self) - 1, row["val_loss"]

    def last(self, name: str) -> float:
        return self._columns[name][-1]

    def column(self, name: str) -> list[float]:
        return self._columns[name]

    def thinned(self, max_rows: int) -> dict[str, np.ndarray]:
        """Column -> at most max_rows values, evenly spaced, the first and the last among them."""
        rows = thin(len(self), max_rows)
        return {name: np.array([values[row] for row in rows], dtype=float) for name, values in self._columns.items()}

    @property
    def best_row(self) -> int:
        """Row of the lowest validation loss, the first of equal ones."""
        return self._best_row

    @property
    def is_best_last(self) -> bool:
        return self._best_row == len(self) - 1

    def scores(self, row: int) -> dict[str, float]:
        """Losses and accuracies of that row."""
        return {name: self._columns[name][row] for name in SCORES}

    def best(self) -> dict[str, float | None]:
        """Epoch of the lowest validation loss, with its loss and accuracy."""
        row = self._best_row
        return {
            "epoch": self._columns["epoch"][row],
            "val_loss": none_if_missing(self._columns["val_loss"][row]),
            "val_accuracy": none_if_missing(self._columns["val_accuracy"][row]),
        }

    def to_json(self) -> dict[str, list[float | None]]:
        return {name: [none_if_missing(value) for value in values] for name, values in self._columns.items()}


def thin(num_rows: int, max_rows: int) -> list[int]:
    """Row numbers of at most max_rows evenly spaced rows, the first and the last among them."""
    if num_rows <= max_rows:
        return list(range(num_rows))
    return np.linspace(0, num_rows - 1, max_rows).round().astype(int).tolist()


def none_if_missing(value: float) -> float | None:
    """The value, or None (JSON null) where it is not finite."""
    return value if math.isfinite(value) else None


class Curve:
    """A curve of any length kept in bounded memory: past max_points, every second point is let go.

    Args:
        max_points: even.
    """

    def __init__(self, max_points: int = 2000):
        self._max_points = max_points
        self._stride = 1
        self._seen = 0
        self._points: list[tuple[float, ...]] = []

    def append(self, *point: float) -> None:
        if self._seen % self._stride == 0:
            self._points.append(point)
            if len(self._points) > self._max_points:
                self._points = self._points[::2]
                self._stride *= 2
        self._seen += 1

    def thinned(self, max_points: int) -> np.ndarray:
        """(points, values), evenly spaced."""
        return np.array([self._points[row] for row in thin(len(self._points), max_points)], dtype=float)
