"""TrialGroup: some trials of a search in training."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Protocol

from playground.jobs.search.settings import SearchSettings
from playground.jobs.search.units import Unit, folds_of
from playground.train.ending import CUT, DIVERGED, RUNNING
from playground.train.search.scores import scored, status_of
from playground.train.search.trials import Trial, shared
from playground.train.stacked.group import Run, group_of

MOST_CURVES = 500  # trials of a search whose curves are kept; more would make every snapshot heavy


class Work(Protocol):
    """Trials in training, whoever decides how long.

    Attributes:
        ended: those that have ended, by their number.
        is_live: whether there is more to do.
        fraction: share of the work that is done, in [0, 1].
        message: for a person; "" for none.
    """

    ended: dict[int, Trial]
    message: str

    @property
    def is_live(self) -> bool: ...

    @property
    def fraction(self) -> float: ...

    def advance(self, deadline: float) -> bool:
        """Train until an epoch of some network ends, and at most until the clock is there; whether one ended."""

    def running(self) -> list[Trial]:
        """Those under way, with their scores so far."""


class TrialGroup:
    """A chunk: a stack of networks, or networks one by one; with folds, each trial has a network for each.

    Trials that share a training are here too, as copies of the one that is trained.
    """

    def __init__(self, search: SearchSettings, unit: Unit):
        self.ended: dict[int, Trial] = {}
        self.message = unit.message
        self._trials, self._same, self._keep_curves = unit.trials, unit.same, search.num_trials <= MOST_CURVES
        folds = folds_of(search.config)
        self._num_folds = len(folds)
        networks = [config.model_copy(update={"fold": fold}) for config in unit.configs for fold in folds]
        self._group = group_of(networks, is_stacked=unit.is_stacked, cut_above=search.cut_above)
        self._see()

    @property
    def num_live(self) -> int:
        """Trainings that go on."""
        return len(self._live)

    @property
    def is_live(self) -> bool:
        return self.num_live > 0

    @property
    def epoch(self) -> int:
        """How many all trials that go on have had."""
        return self._group.epoch

    @property
    def fraction(self) -> float:
        return self._group.fraction if self.is_live else 1.0

    def advance(self, deadline: float) -> bool:
        if not self._group.advance(deadline):
            return False
        self._see()
        return True

    def running(self) -> list[Trial]:
        return [each for trial in self.leading() for each in self._with_copies(trial)]

    def leading(self) -> list[Trial]:
        """Those under way, of each training one."""
        return [self._scored(place, RUNNING) for place in self._live]

    @property
    def _live(self) -> list[int]:
        return [place for place, trial in enumerate(self._trials) if trial.number not in self.ended]

    def stop(self, numbers: Collection[int], message: str = "") -> None:
        """End the trainings of the leading trials of these numbers now."""
        places = [place for place, trial in enumerate(self._trials) if trial.number in numbers]
        self._group.stop([network for place in places for network in self._running_networks(place)], message)
        self._see()

    def _see(self) -> None:
        """Note which trials have ended; where one fold is lost, the others need not go on."""
        for place, trial in enumerate(self._trials):
            if trial.number in self.ended:
                continue
            status = status_of([run.status for run in self._runs(place)])
            if status != RUNNING:
                ended = self._with_copies(self._scored(place, status))
                self.ended |= {each.number: each for each in ended}
                if rest := self._running_networks(place):
                    self._group.stop(rest)

    def _scored(self, place: int, status: str) -> Trial:
        runs = self._runs(place)
        trial = scored(self._trials[place], status, [run.history for run in runs], keep_curve=self._keep_curves)
        lost = sum(run.status in (DIVERGED, CUT) for run in runs)
        return replace(trial, lost_folds=lost) if self._num_folds > 1 else trial

    def _with_copies(self, trial: Trial) -> list[Trial]:
        copies = self._same.get(trial.number, ())
        return [trial, *(shared(trial, copy) for copy in copies)]

    def _runs(self, place: int) -> Sequence[Run]:
        return self._group.runs[place * self._num_folds : (place + 1) * self._num_folds]

    def _running_networks(self, place: int) -> list[int]:
        first = place * self._num_folds
        return [first + fold for fold, run in enumerate(self._runs(place)) if run.status == RUNNING]
