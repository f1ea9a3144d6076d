"""What a page says of an answer that is still computed."""

import pytest

from playground.engine import View
from playground.jobs.job import Snapshot
from playground.ui.answer import progress_line


@pytest.mark.parametrize(
    ("status", "times", "line"),
    [
        ("queued", {"wait": 9.0}, "Waiting for a free place: number 2 in the queue, about 9.0 s to go."),
        ("running", {}, "Computing ..."),
        ("running", {"left": 30.0}, "Computing, about 30 s left."),
    ],
)
def test_the_line_tells_the_time_among_those_that_share_the_worker(status, times, line):
    """The computing time alone, which the snapshot may say, would be too short."""
    snapshot = Snapshot(fraction=0.5, seconds_left=7.0)
    assert progress_line(View(status, "", 2 if status == "queued" else None, snapshot, 1, **times)) == line
