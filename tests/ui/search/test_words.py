"""Sentences about a search."""

import pytest

from playground.engine import View
from playground.jobs.search.snapshot import SearchSnapshot
from playground.train.search.trials import Trial
from playground.ui.search.words import best_line, progress_line
from tests.aids.scored_trials import RATE

BEGUN = SearchSnapshot(num_trials=9, seconds=3.0)

MOVING = SearchSnapshot(
    num_trials=9, trials=tuple(Trial("grid", 0, {}, n, s) for n, s in enumerate(("finished", "running", "running")))
)


@pytest.mark.parametrize(
    ("status", "values", "line"),
    [
        ("queued", {"place": 2}, "Waiting for a free place: number 2 in the queue."),
        ("queued", {"place": 2, "wait": 9.0}, "Waiting for a free place: number 2 in the queue, about 9.0 s to go."),
        ("running", {"snapshot": None}, "Getting ready ..."),
        ("running", {}, "Searching: 0 of 9 trials have ended."),
        ("running", {"left": 30.0}, "Searching: 0 of 9 trials have ended, about 30 s left."),
        ("paused", {}, "Paused: 0 of 9 trials have ended."),
        ("finished", {}, "Finished: 0 trials in 3.0 s of computing."),
        ("stopped", {}, "Cancelled: 0 of 9 trials have ended; they stay."),
        ("running", {"snapshot": MOVING}, "Searching: 1 of 9 trials have ended, 2 under way."),
        ("lost", {}, "Ended: 0 of 9 trials have ended."),
    ],
)
def test_progress_line(status, values, line):
    view = View(**{"status": status, "message": "", "place": None, "snapshot": BEGUN, "version": 1, **values})
    assert progress_line(view, view.snapshot or BEGUN) == line


@pytest.mark.parametrize(
    ("is_share", "line"),
    [
        (True, "Best accuracy: Random 90.0% (learning rate 0.1); Grid 80.0% (learning rate 0.01)."),
        (False, "Best loss: Random 0.1 (learning rate 0.1); Grid 0.2 (learning rate 0.01)."),
    ],
)
def test_the_better_method_is_named_first_and_those_without_a_score_not_at_all(is_share, line):
    def trial(method, loss, rate, status="finished"):
        accuracy = 1 - loss if is_share else None
        return Trial(method, 0, {"learning_rate": rate}, 0, status, val_loss=loss, val_accuracy=accuracy)

    trials = {
        "grid": [trial("grid", 0.5, 1.0), trial("grid", 0.2, 0.01)],
        "random": [trial("random", 0.1, 0.1), trial("random", 0.01, 0.5, "running")],
        "halving": [],
    }
    assert best_line(trials, (RATE,), is_share=is_share) == line
    assert best_line({"grid": []}, (RATE,), is_share=is_share) == ""
