"""Sentences about a search."""

from collections.abc import Iterator, Mapping, Sequence

from playground.catalog import SEARCH_METHODS
from playground.charts.search.axes import spoken, text_in
from playground.charts.search.scores import score_of, score_text
from playground.engine import View
from playground.fields import SPECS
from playground.jobs.search.importance import LEAST_EXPLAINED, ImportanceSnapshot
from playground.jobs.search.job import SearchJob
from playground.jobs.search.remarks import (
    levels_text,
    lost_sentence,
    lost_words,
    method_word,
    planned_sameness,
    same_sentence,
)
from playground.jobs.search.snapshot import SearchSnapshot
from playground.train.ending import RUNNING
from playground.train.search.axis import Axis
from playground.train.search.methods import GRID
from playground.train.search.trials import Trial
from playground.train.search.verdict import best_trial
from playground.ui.visit.run import OPEN
from playground.ui.words import duration, waiting_line

SHARE_DIGITS = 9  # of an axis; nearer values are the same


def size_line(job: SearchJob) -> str:
    """How much there is to train."""
    folds = f" of {job.config.num_folds} folds" if job.config.num_folds > 1 else ""
    parts = []
    for method, count in job.counts.items():
        levels = f" ({levels_text(job)})" if method == GRID else ""
        parts.append(f"{method_word(method)} {count}{levels}")
    size = f"{job.num_trials} trials{folds}, up to {job.config.num_epochs} epochs each: {', '.join(parts)}."
    same = planned_sameness(job)
    return " ".join(filter(None, [size, *_left_out(job), same_sentence(same.counts, same.reasons)]))


def _left_out(job: SearchJob) -> Iterator[str]:
    """A sentence for each field of which the grid has too few trials to try every choice."""
    for axis, level in zip(job.space, job.levels, strict=False):
        if level < len(axis.choices):
            yield f"The grid tries {level} of {len(axis.choices)} choices of {spoken(axis)}; more trials hold all."


def progress_line(seen: View, snapshot: SearchSnapshot) -> str:
    """One line about where the search is."""
    done = sum(trial.has_ended for trial in snapshot.trials)
    where = f"{done} of {snapshot.num_trials} trials have ended"
    if under_way := sum(trial.status == RUNNING for trial in snapshot.trials):
        where += f", {under_way} under way"
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
            method_word(method): len({_place(axis, trial) for trial in tried if axis.field in trial.params})
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
    own = [axis for axis in axes if axis.field in trial.params]
    return ", ".join(f"{spoken(axis)} {text_in(axis, trial.params)}" for axis in own)


def result_line(job: SearchJob, trials: Mapping[str, Sequence[Trial]], *, has_ended: bool) -> str:
    """The best trials, and what became of those without a score; if all are so, what to try."""
    every = [trial for tried in trials.values() for trial in tried]
    best = best_line(trials, job.space, is_share=job.config.is_classification)
    if best or has_ended:
        found = " ".join(filter(None, [best, lost_sentence(job, every)]))
        return found or "No trial has ended with a score."
    lost = lost_words([trial for trial in every if trial.has_ended])
    return f"No trial has ended with a score yet{f': {lost}' if lost else ''}."


def chosen_line(job: SearchJob, trials: Sequence[Trial], chosen: int | None) -> str:
    """Which trial is looked at, above the picture that was clicked, since its curves may lie below the window."""
    trial = next((trial for trial in trials if trial.number == chosen), None)
    if trial is None:
        return "Click a trial to see its curves below."
    is_share = job.config.is_classification
    score = score_of(trial, is_share=is_share)
    result = trial.status if score is None else score_text(score, is_share=is_share)
    name = f"{SEARCH_METHODS[trial.method].label}, trial {trial.number + 1}"
    return f"Chosen: {name} ({params_text(trial, job.space)}): {result}. Its curves are below."


def matters_line(verdict: ImportanceSnapshot | None) -> str:
    """How much each field matters, in one line; "" where that is not known, or says little."""
    if verdict is None or not verdict.importances or verdict.explained < LEAST_EXPLAINED:
        return ""
    rows = sorted(verdict.importances, key=lambda row: row.mean, reverse=True)
    shares = ", ".join(f"{SPECS[row.field].spoken} {max(row.mean, 0):.0%}" for row in rows)
    return f"What matters, as a share of the differences in rank: {shares}."


def _place(axis: Axis, trial: Trial) -> float:
    return round(axis.share_of(trial.params[axis.field]), SHARE_DIGITS)
