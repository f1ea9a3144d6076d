"""What there is to say of a search's trials: which were lost and what to try, and which could not differ."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from playground.catalog import SEARCH_METHODS
from playground.fields import SPECS
from playground.jobs.search.settings import SearchSettings
from playground.spec import listed, number_text
from playground.train.ending import CUT, DIVERGED
from playground.train.search.axis import LOG, Axis
from playground.train.search.border import HIGH
from playground.train.search.condition import condition_text
from playground.train.search.plan import plan_known
from playground.train.search.sameness import Sameness, same_counts, sameness, training_of
from playground.train.search.trials import REFUSED, Trial
from playground.train.search.verdict import Flat, flats

RATE = "learning_rate"
LOST = {DIVERGED: "diverged", CUT: "{were} cut", REFUSED: "{were} refused, since their values do not go together"}


def method_word(method: str) -> str:
    """Its label within a sentence."""
    label = SEARCH_METHODS[method].label
    return label if label.isupper() else label.lower()


def lost_words(trials: Sequence[Trial]) -> str:
    """Such as "3 diverged and 2 were cut"; "" where none was lost."""
    number = Counter(trial.status for trial in trials)
    return listed(
        [
            f"{number[status]} {words.format(were='was' if number[status] == 1 else 'were')}"
            for status, words in LOST.items()
            if number[status]
        ]
        or [""]
    )


def lost_sentence(job: SearchSettings, trials: Sequence[Trial]) -> str:
    """How many trials that have ended have no score, why, and if all are so what to try; "" where all have one."""
    ended = [trial for trial in trials if trial.has_ended]
    words = lost_words(ended)
    if not words:
        return ""
    folds = job.config.num_folds
    rule = f" A trial is lost with the first of its {folds} folds." if folds > 1 else ""
    if any(trial.score for trial in ended):
        return f"Of {len(ended)} trials that have ended, {words}; they have no score.{rule}"
    return f"No trial has a score: of {len(ended)}, {words}.{rule} {_what_to_try(job, ended)}"


def _what_to_try(job: SearchSettings, trials: Sequence[Trial]) -> str:
    if all(trial.status == REFUSED for trial in trials):
        return "Choose values that go together."
    axis = next((axis for axis in job.space if axis.field == RATE), None)
    rate = axis.low if axis else job.config.learning_rate
    lower = f"learning rates below {number_text(rate)}" if axis else f"a learning rate below {number_text(rate)}"
    ways = [lower, "gradient clipping", "normalization"]
    cut = sum(trial.status == CUT for trial in trials)
    also = (
        f" Or let losses grow more before a trial is cut: above {job.cut_above:g} times its start it is." if cut else ""
    )
    return f"Try {', '.join(ways[:-1])} or {ways[-1]}.{also}"


def lost_folds_words(trial: Trial, num_folds: int) -> str:
    """In how many folds a trial was lost, and why the others then are no score; "" for none."""
    if not trial.lost_folds:
        return ""
    ended = trial.status if trial.status == DIVERGED else "cut"
    return f"{trial.lost_folds} of {num_folds} folds {ended}, and a mean of the others would flatter it"


@lru_cache(maxsize=64)
def planned_sameness(job: SearchSettings) -> Sameness:
    """Of the first repeat, as far as its trials are known before they begin."""
    return sameness(job.space, plan_known(job.plan(0)), job.config)


def same_sentence(counts: Sequence[tuple[str, int, int]], reasons: Sequence[str] = ()) -> str:
    """How many trials are the same training as another; "" for none.

    Args:
        counts: as of a `Sameness`.
        reasons: why, sentences.
    """
    if not counts:
        return ""
    words = [f"{same} of {number} {method_word(method)} trials" for method, same, number in counts]
    why = f" {' '.join(reasons)}" if reasons else ""
    return f"{listed(words)} are the same training as another, which is trained once.{why}"


def way_out(job: SearchSettings, same: Sameness) -> str:
    """How to spend trials that cannot differ on others, as the command line has it; "" where there is no such way."""
    known = {axis.field: axis for axis in job.space}
    tried = [replace(known[field], depends_on=other, only_for=names) for field, other, names in same.idle]
    parts = [f"{axis.field}{condition_text(axis)}:{range_as_typed(axis)}" for axis in tried]
    return f"{' and '.join(parts)} tries other values instead." if parts else ""


def levels_text(job: SearchSettings) -> str:
    """How many values of each axis the grid tries; with the names where they are not simply multiplied."""
    if any(axis.depends_on for axis in job.space):
        return ", ".join(f"{level} {axis.field}" for axis, level in zip(job.space, job.levels, strict=True))
    return " x ".join(map(str, job.levels))


def remarks(job: SearchSettings, trials: Sequence[Trial]) -> list[str]:
    """On trials that have ended: the lost ones, those that are the same, and the ranges over which nothing changes."""
    planned = planned_sameness(job)
    same = same_sentence(same_counts(trials, [training_of(trial) for trial in trials]), planned.reasons)
    known = flats(job.space, trials).items()
    flat = [flat_note(name, found) for name, found in known]
    return [line for line in (lost_sentence(job, trials), same, way_out(job, planned) if same else "", *flat) if line]


def border_note(name: str, end: str) -> str:
    """The warning that the best may lie beyond one end of a field's range."""
    side = "upper" if end == HIGH else "lower"
    return f"Scores still rise at the {side} end of the range of {SPECS[name].spoken}: better values may lie beyond."


def flat_note(name: str, flat: Flat) -> str:
    """That values beyond a point do not differ, for a person."""
    side = "above" if flat.end == HIGH else "below"
    start = number_text(float(f"{flat.start:.1g}"))
    return f"Scores look flat {side} {start} of {SPECS[name].spoken}: which value is best there is chance."


def range_as_typed(axis: Axis) -> str:
    """A range or choices as a space has them."""
    if axis.choices:
        return "|".join(axis.choices)
    return f"{number_text(axis.low)}..{number_text(axis.high)}{':log' if axis.scale == LOG else ''}"


def condition_words(axis: Axis) -> str:
    """For which choices a field is tried; "" for all."""
    if not axis.depends_on:
        return ""
    table = SPECS[axis.depends_on].table
    names = [table[name].label if table else name for name in axis.only_for]
    return f"only for {SPECS[axis.depends_on].spoken} {listed(names)}"
