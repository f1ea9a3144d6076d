"""SearchRun: one part of a search, unit after unit."""

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from playground.jobs.job import Turn
from playground.jobs.search.bracket import Bracket
from playground.jobs.search.group import TrialGroup, Work
from playground.jobs.search.guided import Guided
from playground.jobs.search.settings import SearchSettings
from playground.jobs.search.shares import own_shares
from playground.jobs.search.snapshot import SearchSnapshot
from playground.jobs.search.units import REFUSED, Unit, refused_in
from playground.train.ending import FINISHED, RUNNING, STOPPED
from playground.train.search.methods import HALVING, TPE
from playground.train.search.trials import Trial


class SearchRun:
    """The units of one part, each trained to its end before the next.

    Args:
        search: the whole one.
        index, count, done, seconds: as of a SearchPart.

    Attributes:
        status: RUNNING, FINISHED or STOPPED; whether all trials were refused, only the whole search can say.
    """

    def __init__(
        self, search: SearchSettings, index: int = 0, count: int = 1, done: Sequence[Trial] = (), seconds: float = 0.0
    ):
        self.status, self._message = RUNNING, ""
        self._search, self._shares = search, own_shares(search, index, count)
        self._ended: dict[int, Trial] = {trial.number: trial for trial in done}
        self._works = self._train()
        self._work: Work | None = None
        self._done, self._share = 0.0, 0.0  # of this part's work: what is done, and what the present unit is
        self._seconds = seconds

    @property
    def has_ended(self) -> bool:
        return self.status != RUNNING

    def advance(self, turn: Turn) -> None:
        """Compute for one turn, and always one update of some trials; steps count as epochs. Changes are not read."""
        started = time.perf_counter()
        deadline = started + turn.seconds
        if turn.stop:
            self.status = STOPPED
        epochs_left = min((limit for limit in (turn.max_epochs, turn.max_steps) if limit is not None), default=math.inf)
        while self.status == RUNNING and epochs_left > 0:
            if self._work and self._work.is_live:
                epochs_left -= self._work.advance(deadline)
            else:
                self._take_the_next()
            if time.perf_counter() >= deadline:
                break
        self._seconds += time.perf_counter() - started

    def snapshot(self) -> SearchSnapshot:
        """What a page can show now."""
        self._note_message()
        return SearchSnapshot(
            status=self.status,
            message=self._message,
            fraction=self._fraction(),
            trials=self._trials(),
            num_trials=self._search.num_trials,
            seconds=self._seconds,
        )

    def _note_message(self) -> None:
        self._message = self._message or (self._work.message if self._work else "")

    def _take_the_next(self) -> None:
        self._note_message()
        self._work = next(self._works, None)
        if self._work is None:
            self.status = FINISHED

    def _fraction(self) -> float:
        if self.status == FINISHED:
            return 1.0
        return self._done + (self._share * self._work.fraction if self._work else 0.0)

    def _trials(self) -> tuple[Trial, ...]:
        """All that have begun, in the order of the plan; those that were done before are not begun again.

        Once the search is stopped, so are those that were under way; they keep their scores so far.
        """
        known = {}
        if self._work:
            under_way = (replace(trial, status=self.status) for trial in self._work.running())
            known = {trial.number: trial for trial in under_way} | self._work.ended
        known |= self._ended
        return tuple(known[number] for number in sorted(known))

    def _train(self) -> Iterator[Work]:
        """Units to train to their end before the next is asked for."""
        for share in self._shares:
            costs = sum(unit.cost for unit in share.units) or 1.0
            for unit in share.units:
                self._share = share.weight * unit.cost / costs
                if unit.kind == REFUSED:
                    self._ended |= refused_in([unit])
                    self._message = self._message or unit.message
                elif any(trial.number not in self._ended for trial in unit.trials):
                    work = self._work_of(unit)
                    yield work
                    self._ended = work.ended | self._ended
                self._done += self._share
                self._share = 0.0

    def _work_of(self, unit: Unit) -> Work:
        if unit.kind == HALVING:
            return Bracket(self._search, unit)
        if unit.kind == TPE:
            return Guided(self._search, unit, dict(self._ended))
        return TrialGroup(self._search, unit)
