"""Sentences about a search."""

import pytest

from playground.engine import View
from playground.jobs.search.snapshot import SearchSnapshot
from playground.train.search.trials import Trial
from playground.ui.search.words import progress_line

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
