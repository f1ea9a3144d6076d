"""History: one row per epoch, and the live curve of single updates."""

import math

import numpy as np

from playground.thinning import extremes

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
COST = "cost"  # the training loss with all that training adds to it; drawn, not printed
SCORES = ("train_loss", "val_loss", "train_accuracy", "val_accuracy")
NO_VALUE = math.nan


class History:
    """Rows of COLUMNS and COST; row 0 is from before the first update. A value that does not exist is NaN."""

    def __init__(self) -> None:
        self._columns: dict[str, list[float]] = {name: [] for name in (*COLUMNS, COST)}
        self._best_row, self._best_loss = 0, math.inf

    def __len__(self) -> int:
        return len(self._columns["step"])

    def append(self, *, added_cost: float = 0.0, **row: float) -> None:
        """Add a row of COLUMNS.

        Args:
            added_cost: of the cost, on top of the training loss.
        """
        row[COST] = row["train_loss"] + added_cost
        for name, values in self._columns.items():
            values.append(row[name])
        if row["val_loss"] < self._best_loss:
            self._best_row, self._best_loss = len(self) - 1, row["val_loss"]

    @property
    def names(self) -> tuple[str, ...]:
        """Of all columns."""
        return tuple(self._columns)

    def last(self, name: str) -> float:
        return self._columns[name][-1]

    def column(self, name: str) -> list[float]:
        return self._columns[name]

    def thinned(self, max_rows: int) -> dict[str, np.ndarray]:
        """Column -> at most max_rows values: the first, the last, and wherever a column in SCORES is an extreme."""
        rows = extremes(np.array([self._columns[name] for name in SCORES], dtype=float), max_rows).tolist()
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
        """What is printed: COLUMNS."""
        return {name: [none_if_missing(value) for value in self._columns[name]] for name in COLUMNS}


def none_if_missing(value: float) -> float | None:
    """The value, or None (JSON null) where it is not finite."""
    return value if math.isfinite(value) else None


Point = tuple[float, ...]


class Curve:
    """A curve of any length kept in bounded memory, spikes and all.

    Past max_points two neighbouring stretches become one, of which the lowest and the highest point stay.

    Args:
        max_points: even.
    """

    def __init__(self, max_points: int = 2000):
        self._most_stretches = max_points // 2
        self._length, self._seen = 1, 0  # points of a stretch; of all
        self._stretches: list[tuple[Point, Point]] = []
        self._last: Point = ()

    def append(self, *point: float) -> None:
        """Add a point; its second number is the one whose extremes are kept."""
        if self._seen % self._length:
            self._stretches[-1] = _joined(self._stretches[-1], (point, point))
        else:
            self._stretches.append((point, point))
        self._seen, self._last = self._seen + 1, point
        if len(self._stretches) > self._most_stretches:
            pairs = zip(self._stretches[::2], [*self._stretches[1::2], None], strict=False)
            self._stretches = [_joined(first, second) if second else first for first, second in pairs]
            self._length *= 2

    def points(self) -> np.ndarray:
        """(points, values) that are kept, in their order, the newest among them."""
        kept = {point: None for stretch in self._stretches for point in sorted(set(stretch))}
        return np.array([*kept | ({self._last: None} if self._last else {})], dtype=float)

    def thinned(self, max_points: int) -> np.ndarray:
        """(points, values), at most so many: the first, the last, and the lowest and highest of each stretch."""
        points = self.points()
        return points[extremes(points[:, 1], max_points)] if len(points) else points


def _joined(first: tuple[Point, Point], second: tuple[Point, Point]) -> tuple[Point, Point]:
    """Lowest and highest point of two stretches; what is not finite gives way to what is."""
    (low, high), (other_low, other_high) = first, second
    if other_low[1] < low[1] or not math.isfinite(low[1]):
        low = other_low
    if (other_high[1] > high[1] and math.isfinite(other_high[1])) or not math.isfinite(high[1]):
        high = other_high
    return low, high
