"""search_result: a search as `search --json` prints it."""

from dataclasses import asdict
from typing import Any

from playground.jobs.search.remarks import remarks
from playground.jobs.search.settings import SearchSettings
from playground.jobs.search.snapshot import SearchSnapshot
from playground.jobs.training.survivors import counts
from playground.train.search.methods import USUAL
from playground.train.search.sameness import same_counts, training_of
from playground.train.search.trials import REFUSED, Trial
from playground.train.search.verdict import best_trial, borders, flats


def search_result(job: SearchSettings, snapshot: SearchSnapshot) -> dict[str, Any]:
    """Trials, the best of each method, borders and speed; not in the page server, since borders need scipy."""
    trials = [trial for trial in snapshot.trials if trial.has_ended]
    methods = dict.fromkeys((*USUAL, *job.methods))
    best = {method: best_trial([trial for trial in trials if trial.method == method]) for method in methods}
    trained = sum(trial.status != REFUSED and trial.same_as is None for trial in trials)
    same = same_counts(trials, [training_of(trial) for trial in trials])
    return {
        "trials": [trial_row(trial) for trial in trials],
        "best": {method: trial and trial_row(trial) for method, trial in best.items()},
        "statuses": counts([trial.status for trial in trials]),
        "same_training": {method: number for method, number, _ in same},
        "trainings": trained,
        "border": borders(job.space, trials),
        "flat": {name: asdict(flat) for name, flat in flats(job.space, trials).items()},
        "remarks": remarks(job, trials),
        "seconds": snapshot.seconds,
        "trials_per_second": trained / snapshot.seconds if snapshot.seconds else 0.0,
    }


def trial_row(trial: Trial) -> dict[str, Any]:
    """A trial as it is printed; the spread, lost folds and whose training it shares only where there is such."""
    row = {
        "number": trial.number,
        "method": trial.method,
        "repeat": trial.repeat,
        "params": dict(trial.params),
        "status": trial.status,
        "val_loss": trial.val_loss,
        "val_accuracy": trial.val_accuracy,
        "best_epoch": trial.best_epoch,
    }
    known = {name: getattr(trial, name) for name in ("val_loss_std", "val_accuracy_std", "same_as")}
    row |= {name: value for name, value in known.items() if value is not None}
    return row | ({"lost_folds": trial.lost_folds} if trial.lost_folds else {})
