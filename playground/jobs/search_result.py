"""search_result: a search as `search --json` prints it."""

from typing import Any

from playground.jobs.search import SearchJob
from playground.jobs.search_snapshot import SearchSnapshot
from playground.train.search.methods import USUAL
from playground.train.search.trials import REFUSED, Trial
from playground.train.search.verdict import best_trial, borders


def search_result(job: SearchJob, snapshot: SearchSnapshot) -> dict[str, Any]:
    """Trials, the best of each method, borders and speed; not in the page server, since borders need scipy."""
    trials = [trial for trial in snapshot.trials if trial.has_ended]
    methods = dict.fromkeys((*USUAL, *job.methods))
    best = {method: best_trial([trial for trial in trials if trial.method == method]) for method in methods}
    trained = sum(trial.status != REFUSED for trial in trials)
    return {
        "trials": [trial_row(trial) for trial in trials],
        "best": {method: trial and trial_row(trial) for method, trial in best.items()},
        "border": borders(job.space, trials),
        "seconds": snapshot.seconds,
        "trials_per_second": trained / snapshot.seconds if snapshot.seconds else 0.0,
    }


def trial_row(trial: Trial) -> dict[str, Any]:
    """A trial as it is printed; the spread only where there is one."""
    row = {
        "method": trial.method,
        "repeat": trial.repeat,
        "params": dict(trial.params),
        "status": trial.status,
        "val_loss": trial.val_loss,
        "val_accuracy": trial.val_accuracy,
        "best_epoch": trial.best_epoch,
    }
    spread = {"val_loss_std": trial.val_loss_std, "val_accuracy_std": trial.val_accuracy_std}
    return row | {name: value for name, value in spread.items() if value is not None}
