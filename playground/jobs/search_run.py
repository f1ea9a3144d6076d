"""SearchRun: the trials of one part of a search, trained together where that is faster."""

import math
import time
from collections.abc import Iterator
from dataclasses import replace

from playground.jobs.job import Turn
from playground.jobs.search_part import SearchPart
from playground.jobs.search_snapshot import SearchSnapshot
from playground.parsing import ConfigError
from playground.train.ending import DIVERGED, FINISHED, RUNNING, STOPPED
from playground.train.search.trials import REFUSED, Trial, checked_configs
from playground.train.stacked import TrialResult, plan_chunks, train_stacked

ENOUGH_AT_ONCE = 64  # trials planned together; more gain nothing, and would keep small repeats waiting


class SearchRun:
    """Repeats in portions, each of enough trials to fill a stack; a trial's result does not depend on its portion.

    Attributes:
        status: RUNNING, FINISHED, STOPPED, or REFUSED when no trial could be trained.
    """

    def __init__(self, part: SearchPart):
        self.status, self._message = RUNNING, ""
        self._job = part.search
        self._trials: dict[int, Trial] = {}  # those that have ended, by their place in the plan
        self._fraction, self._seconds = 0.0, 0.0
        self._epochs = self._train()

    @property
    def has_ended(self) -> bool:
        return self.status != RUNNING

    def advance(self, turn: Turn) -> None:
        """Compute for one turn, and always one epoch of some trials; steps count as epochs. Changes are not read."""
        started = time.perf_counter()
        if turn.stop:
            self._epochs.close()
            self.status = STOPPED
        limits = [limit for limit in (turn.max_epochs, turn.max_steps) if limit is not None]
        epochs_left = min(limits, default=math.inf)
        while self.status == RUNNING and epochs_left > 0:
            if next(self._epochs, None) is None:
                self._end()
            epochs_left -= 1
            if time.perf_counter() - started >= turn.seconds:
                break
        self._seconds += time.perf_counter() - started

    def snapshot(self) -> SearchSnapshot:
        """What a page can show now."""
        left = self._seconds * (1 / self._fraction - 1) if self._fraction else None
        return SearchSnapshot(
            status=self.status,
            message=self._message,
            fraction=self._fraction,
            seconds_left=left if self.status == RUNNING else 0.0,
            trials=self._ended(),
            num_trials=self._job.num_trials,
            seconds=self._seconds,
        )

    def _ended(self) -> tuple[Trial, ...]:
        return tuple(self._trials[number] for number in sorted(self._trials))

    def _end(self) -> None:
        self.status, self._fraction = FINISHED, 1.0

    def _train(self) -> Iterator[float]:
        """Train portion after portion; yields the share that is done."""
        num_repeats = self._job.repeats
        at_once = math.ceil(ENOUGH_AT_ONCE * num_repeats / self._job.num_trials)
        for first in range(0, num_repeats, at_once):
            repeats = range(first, min(first + at_once, num_repeats))
            for fraction in self._train_portion([trial for repeat in repeats for trial in self._job.plan(repeat)]):
                self._fraction = (first + fraction * len(repeats)) / num_repeats
                yield self._fraction

    def _train_portion(self, trials: list[Trial]) -> Iterator[float]:
        first = trials[0].number
        configs, places = [], []
        for place, (trial, config) in enumerate(zip(trials, checked_configs(trials, self._job.config), strict=True)):
            if isinstance(config, ConfigError):
                self._trials[first + place] = replace(trial, status=REFUSED)
                self._message = self._message or f"Some values do not go together. {config}"
            else:
                configs.append(config)
                places.append(place)
        chunks = plan_chunks(configs)
        reason = next((chunk.reason for chunk in chunks if chunk.reason), "")
        if reason and not self._message:
            self._message = f"Trials are trained one after another. {reason}"
        for progress in train_stacked(configs, chunks):
            for number, result in progress.finished.items():
                self._trials[first + places[number]] = _scored(trials[places[number]], result)
            yield progress.fraction


def _scored(trial: Trial, result: TrialResult) -> Trial:
    """The trial with its end; one that diverged has no score."""
    if result.status == DIVERGED:
        return replace(trial, status=DIVERGED)
    best = result.history.best()
    return replace(
        trial,
        status=result.status,
        num_epochs=len(result.history) - 1,
        best_epoch=best["epoch"],
        val_loss=best["val_loss"],
        val_accuracy=best["val_accuracy"],
    )
