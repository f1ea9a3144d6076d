"""ImportanceJob: which field of a search matters, and whether better values may lie beyond its range."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import hypot

from playground.fields import SPECS
from playground.jobs.job import Snapshot, Turn
from playground.jobs.search.remarks import border_note, flat_note
from playground.train.search.axis import Axis
from playground.train.search.border import FEWEST, NONE
from playground.train.search.importance import Importance, Importances, importances
from playground.train.search.space import checked_space
from playground.train.search.trials import REFUSED, Trial
from playground.train.search.verdict import borders, flats

FEWEST_PER_AXIS = 5
LEAST_EXPLAINED = 0.1  # R^2; on noise a forest reaches it by chance in a few of 100 searches
STANDARD_DEVIATIONS = 2  # further apart, two importances are different


@dataclass(frozen=True)
class ImportanceSnapshot(Snapshot):
    """Everything at once.

    Args:
        num_trials: that it rests on.
        importances: in the order of the axes; empty where there are too few trials for any.
        explained: R^2 of the forest in trials that it has not seen.
        note: why the importances say little, in one sentence; "" when they do say something.
        borders: field -> "low", "high" or "none", the end up to which scores rise.
        border_notes: the same in words, one sentence for each end.
        flat_notes: one sentence for each field over whose end scores do not change.
    """

    num_trials: int = 0
    importances: tuple[Importance, ...] = ()
    explained: float = 0.0
    note: str = ""
    borders: Mapping[str, str] = field(default_factory=dict)
    border_notes: tuple[str, ...] = ()
    flat_notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportanceJob:
    """What the trials of a search say of its fields.

    Args:
        trials: of any methods; those that have been trained to an end are kept, without their curves.

    Raises:
        ConfigError: where the space is none.
    """

    space: tuple[Axis, ...]
    trials: tuple[Trial, ...]

    def __post_init__(self):
        checked_space(self.space)
        ended = (trial for trial in self.trials if trial.has_ended and trial.status != REFUSED)
        object.__setattr__(self, "trials", tuple(replace(trial, curve=None) for trial in ended))

    def frames(self) -> Generator[ImportanceSnapshot | None, Turn, None]:
        turn = yield ImportanceSnapshot()
        if turn.stop:
            yield ImportanceSnapshot("stopped")
            return
        found = Importances((), 0.0)
        if len(self.trials) >= FEWEST:
            found = importances(self.space, self.trials)
        ends = borders(self.space, self.trials)
        yield ImportanceSnapshot(
            "finished",
            fraction=1.0,
            num_trials=len(self.trials),
            importances=found.rows,
            explained=found.explained,
            note=self._note(found),
            borders=ends,
            border_notes=tuple(border_note(name, end) for name, end in ends.items() if end != NONE),
            flat_notes=tuple(flat_note(name, flat) for name, flat in flats(self.space, self.trials).items()),
        )

    def _note(self, found: Importances) -> str:
        fewest = max(FEWEST, FEWEST_PER_AXIS * len(self.space))
        if len(self.trials) < fewest:
            return f"Too few trials to say what matters: {len(self.trials)} have ended, and it takes {fewest} or more."
        if found.explained < LEAST_EXPLAINED:
            return (
                "The trials do not say what matters: the values of a trial hardly tell its score. "
                "More trials or wider ranges may."
            )
        return _tie(found.rows)


def _tie(rows: Sequence[Importance]) -> str:
    """What there is to say where the first two are too near to each other."""
    if len(rows) < 2:
        return ""
    first, second = sorted(rows, key=lambda row: row.mean, reverse=True)[:2]
    if first.mean - second.mean > STANDARD_DEVIATIONS * hypot(first.std, second.std):
        return ""
    both = f"{SPECS[first.field].spoken} and {SPECS[second.field].spoken}"
    return f"Which of {both} matters more cannot be told: the difference is within the spread."
