"""Guided: the trials of one TPE run, each batch chosen after what the ones before have scored."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace

from playground.jobs.search.group import TrialGroup
from playground.jobs.search.settings import SearchSettings
from playground.jobs.search.units import CHUNK, Unit, chunks_of, refused_in
from playground.parsing import ConfigError
from playground.train.search.sameness import training_key
from playground.train.search.tpe import Suggestions, batches
from playground.train.search.trials import Trial, checked_configs, shared


class Guided:
    """Batches of suggested trials, one after another; see Work.

    Args:
        done: trials that have ended before, which need not be trained again.
    """

    def __init__(self, search: SearchSettings, unit: Unit, done: Mapping[int, Trial]):
        self.ended: dict[int, Trial] = {}
        self.message, self.is_live = "", True
        self._search, self._done, self._trials = search, done, list(unit.trials)
        self._groups = self._train()
        self._group: TrialGroup | None = None
        self._leaders: dict[Hashable, int] = {}  # key of each training -> number of its trial

    @property
    def fraction(self) -> float:
        live = self._group.fraction * self._group.num_live if self._group else 0.0
        return (len(self.ended) + live) / len(self._trials)

    def advance(self, deadline: float) -> bool:
        if self._group and self._group.is_live:
            has_ended_epoch = self._group.advance(deadline)
            self.ended |= self._group.ended
            return has_ended_epoch
        self._group = next(self._groups, None)
        self.is_live = self._group is not None
        return False

    def running(self) -> list[Trial]:
        return self._group.running() if self._group else []

    def _train(self) -> Iterator[TrialGroup]:
        """Groups to train to their end before the next is asked for."""
        suggestions = Suggestions(self._search.space, self._search.config.seed + self._trials[0].repeat)
        first = 0
        for size in batches(len(self._trials)):
            planned, first = self._trials[first : first + size], first + size
            points = suggestions.ask(size)
            batch = [replace(trial, params=params) for trial, params in zip(planned, points, strict=True)]
            numbers = [trial.number for trial in batch]
            if all(number in self._done for number in numbers):
                self._new(batch)
                self.ended |= {number: self._done[number] for number in numbers}
            else:
                yield from self._train_batch(batch)
            suggestions.tell([self.ended[number] for number in numbers])

    def _train_batch(self, batch: list[Trial]) -> Iterator[TrialGroup]:
        units = chunks_of(self._new(batch), self._search.config)
        self.message = self.message or next((unit.message for unit in units if unit.message), "")
        self.ended |= refused_in(units)
        for unit in units:
            if unit.kind == CHUNK:
                group = TrialGroup(self._search, unit)
                self.ended |= group.ended
                yield group

    def _new(self, batch: list[Trial]) -> list[Trial]:
        """Those whose training was not there in an earlier batch; the others take its scores."""
        new, leaders = [], {}
        for trial, config in zip(batch, checked_configs(batch, self._search.config), strict=True):
            key = trial.number if isinstance(config, ConfigError) else training_key(config)
            if (number := self._leaders.get(key)) is None:
                new.append(trial)
                leaders.setdefault(key, trial.number)
            else:
                self.ended[trial.number] = shared(self.ended[number], trial)
        self._leaders |= leaders
        return new
