"""Bracket: the trials of one successive halving, which of them go on, and until when."""

from playground.jobs.search.group import TrialGroup
from playground.jobs.search.settings import SearchSettings
from playground.jobs.search.units import CHUNK, Unit, chunks_of, refused_in
from playground.train.search.halving import epochs_in_all, rungs, survivors
from playground.train.search.plan import trials_each
from playground.train.search.trials import Trial


class Bracket:
    """All trials are trained up to a rung, then the best third of them goes on up to the next; see Work."""

    def __init__(self, search: SearchSettings, unit: Unit):
        self._search, self._rung, self._is_over = search, 0, False
        self._rungs = rungs(trials_each(search.space, search.methods, search.trials), search.config.num_epochs)
        units = chunks_of(unit.trials, search.config)
        self.message = next((each.message for each in units if each.message), "")
        self._refused = refused_in(units)
        self._waiting = [each for each in units if each.kind == CHUNK]  # each takes a while to be made into a group
        self._size = sum(len(each.trials) for each in self._waiting)  # trainings of this rung
        self._groups: list[TrialGroup] = []

    @property
    def ended(self) -> dict[int, Trial]:
        return self._refused | {number: trial for group in self._groups for number, trial in group.ended.items()}

    @property
    def is_live(self) -> bool:
        return not self._is_over

    @property
    def fraction(self) -> float:
        """Of the epochs; trials that ended before their rung count as if they had reached it."""
        if self._is_over:
            return 1.0
        before = self._rungs[self._rung - 1].epochs if self._rung else 0
        length = self._rungs[self._rung].epochs - before
        live = [(group.num_live, min(group.epoch - before, length)) for group in self._groups]
        num_live = sum(count for count, _ in live) + sum(len(unit.trials) for unit in self._waiting)
        trained = sum(count * epochs for count, epochs in live) + (self._size - num_live) * length
        of_rung = trained / (self._size * length or 1)
        known, this = (epochs_in_all(self._rungs[:number]) for number in (self._rung, self._rung + 1))
        return (known + of_rung * (this - known)) / epochs_in_all(self._rungs)

    def advance(self, deadline: float) -> bool:
        epochs = self._rungs[self._rung].epochs
        behind = next((group for group in self._groups if group.is_live and group.epoch < epochs), None)
        if behind:
            return behind.advance(deadline)
        if self._waiting:
            self._groups.append(TrialGroup(self._search, self._waiting.pop(0)))
        else:
            self._end_rung()
        return False

    def running(self) -> list[Trial]:
        return [trial for group in self._groups for trial in group.running()]

    def _end_rung(self) -> None:
        self._rung += 1
        self._is_over = self._rung == len(self._rungs)
        count = 0 if self._is_over else self._rungs[self._rung].trials
        leading = [trial for group in self._groups for trial in group.leading()]
        going_on = {trial.number for trial in survivors(leading, count)}
        for group in self._groups:
            group.stop({trial.number for trial in leading} - going_on)
        self._size = len(going_on)
