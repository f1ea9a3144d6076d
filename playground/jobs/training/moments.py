"""What is measured between the rows of a history: the present, and each single step that a person took."""

from collections import deque
from collections.abc import Sequence

import numpy as np

from playground.jobs.training.seed_runs import SeedRuns
from playground.jobs.training.snapshot import MAX_POINTS
from playground.train.moment import Moment, is_between_rows, moment_of
from playground.train.stacked import StackedTrainer
from playground.train.trainer import RUNNING

Row = dict[str, float]


class Moments:
    """Of the runs of all seeds; rows are means over them, with their standard deviations."""

    def __init__(self, seeds: SeedRuns):
        self._seeds = seeds
        self._kept: deque[tuple[Row, Row]] = deque(maxlen=MAX_POINTS)
        self._watched_step = -1

    def watch_next_update(self) -> None:
        """The next update will be looked at by itself: note what its size is measured from."""
        if self._seeds.shown.status == RUNNING:
            self._seeds.shown.recorder.before_last_update()
            self._watched_step = self._seeds.shown.step + 1

    def keep(self) -> None:
        """Keep the present for the curve, if the history has no row of it."""
        row, spread = self.present(self.of_shown())
        if row:
            self._kept.append((row, spread))

    def of_shown(self) -> Moment | None:
        """The run whose layers are shown as it stands; None where its history's last row says it."""
        shown = self._seeds.shown
        if not is_between_rows(shown) or shown.recorder.kept_row is not None:  # weights of the best epoch came back
            return None
        return moment_of(shown, shown.recorder.update_ratios() if shown.step == self._watched_step else ())

    def present(self, of_shown: Moment | None) -> tuple[Row, Row]:
        """Mean and spread of all runs as they stand; nothing where a history says it or they are not equally far.

        Args:
            of_shown: as the method of this name finds it.
        """
        first, *others = self._seeds.trainers
        if of_shown is None or any(other.status != RUNNING or other.step != first.step for other in others):
            return {}, {}
        rows = [of_shown.row]
        for other in others:
            rows += other.rows() if isinstance(other, StackedTrainer) else [moment_of(other).row]
        return _mean_and_spread(rows) if len(rows) == len(self._seeds.runs) else ({}, {})

    def kept(self) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
        """Columns of what was kept and of its spread, (rows,) each."""
        rows, spreads = zip(*self._kept, strict=True) if self._kept else ((), ())
        return _columns(rows), _columns(spreads)


def _mean_and_spread(rows: Sequence[Row]) -> tuple[Row, Row]:
    if len(rows) == 1:
        return rows[0], {}
    values = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    with np.errstate(invalid="ignore"):  # losses beyond all numbers have no spread
        means = {name: float(column.mean()) for name, column in values.items()}
        return means, {name: float(column.std(ddof=1)) for name, column in values.items()}


def _columns(rows: Sequence[Row]) -> dict[str, np.ndarray]:
    return {name: np.array([row[name] for row in rows]) for name in rows[0]} if rows and rows[0] else {}
