"""Sentences about a search."""

from collections.abc import Iterator, Mapping, Sequence

from playground.catalog import SEARCH_METHODS
from playground.charts.search_axes import spoken, value_text
from playground.charts.search_scores import score_of, score_text
from playground.engine import View
from playground.jobs.search import SearchJob
from playground.jobs.search_snapshot import SearchSnapshot
from playground.train.search.methods import GRID
from playground.train.search.space import Axis
from playground.train.search.trials import Trial
from playground.train.search.verdict import best_trial
from playground.ui.run import OPEN
from playground.ui.words import duration, waiting_line

SHARE_DIGITS = 9  # of an axis; nearer values are the same


def method_word(method: str) -> str:
    """Its label within a sentence."""
    label = SEARCH_METHODS[method].label
    return label if label.isupper() else label.lower()


def size_line(job: SearchJob) -> str:
    """How much there is to train."""
    folds = f" of {job.config.num_folds} folds" if job.config.num_folds > 1 else ""
    parts = []
    for method, count in job.counts.items():
        levels = f" ({' x '.join(map(str, job.levels))})" if method == GRID else ""
        parts.append(f"{method_word(method)} {count}{levels}")
    size = f"{job.num_trials} trials{folds}, up to {job.config.num_epochs} epochs each: {', '.join(parts)}."
    return " ".join([size, *_left_out(job)])


def _left_out(job: SearchJob) -> Iterator[str]:
    """A sentence for each field of which the grid has too few trials to try every choice."""
    for axis, level in zip(job.space, job.levels, strict=False):
        if level < len(axis.choices):
            yield f"The grid tries {level} of {len(axis.choices)} choices of {spoken(axis)}; more trials hold all."


def progress_line(seen: View, snapshot: SearchSnapshot) -> str:
    """One line about where the search is."""
    done = sum(trial.has_ended for trial in snapshot.trials)
    where = f"{done} of {snapshot.num_trials} trials have ended"
    if seen.place is not None:
        return waiting_line(seen)
    if seen.snapshot is None and seen.status in OPEN:
        return "Getting ready ..."
    if seen.status == "running":
        left = "" if seen.left is None else f", about {duration(seen.left)} left"
        return f"Searching: {where}{left}."
    if seen.status == "paused":
        return f"Paused: {where}."
    if seen.status == "finished":
        return f"Finished: {done} trials in {duration(snapshot.seconds)} of computing."
    if seen.status == "stopped":
        return f"Cancelled: {where}; they stay."
    return f"Ended: {where}."


def values_line(trials: Mapping[str, Sequence[Trial]], axes: Sequence[Axis]) -> str:
    """How many values of each field each method tries."""
    sentences = []
    for axis in axes:
        counts = {
            method_word(method): len({_place(axis, trial) for trial in tried})
            for method, tried in trials.items()
            if tried
        }
        if counts:
            words = ", ".join(f"{label} tries **{count}**" for label, count in counts.items())
            sentences.append(f"Values of {spoken(axis)}: {words}.")
    return " ".join(sentences)


def best_line(trials: Mapping[str, Sequence[Trial]], axes: Sequence[Axis], *, is_share: bool) -> str:
    """The best trial of each method, the best method first."""
    best = {method: best_trial([trial for trial in tried if trial.has_ended]) for method, tried in trials.items()}
    found = sorted((pair for pair in best.items() if pair[1]), key=lambda pair: pair[1].score, reverse=True)
    words = [
        f"{SEARCH_METHODS[method].label} {score_text(score_of(trial, is_share=is_share), is_share=is_share)}"
        f" ({params_text(trial, axes)})"
        for method, trial in found
    ]
    return f"Best {'accuracy' if is_share else 'loss'}: {'; '.join(words)}." if words else ""


def params_text(trial: Trial, axes: Sequence[Axis]) -> str:
    """The values of a trial in words."""
    names = (f"{spoken(axis)} {value_text(axis.field, trial.params[axis.field])}" for axis in axes)
    return ", ".join(names)


def _place(axis: Axis, trial: Trial) -> float:
    return round(axis.share_of(trial.params[axis.field]), SHARE_DIGITS)
