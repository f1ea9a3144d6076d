"""The estimate of a wait in the queue, against hand-worked cases and against a class that waits."""

import random
import statistics
from collections import Counter

import pytest
from desk import Desk
from plain_jobs import CountJob

from playground.engine.waiting import seconds_until_place


@pytest.mark.parametrize(
    ("place", "lefts", "seconds"),
    [
        (1, [30.0, 10.0, 20.0], 10.0),
        (3, [30.0, 10.0, 20.0], 30.0),
        (4, [30.0, 10.0, 20.0], 10.0 + 40.0),
        (8, [30.0, 10.0, 20.0], 20.0 + 2 * 40.0),
        (2, [5.0], 5.0 + 10.0),
        (1, [], None),
    ],
)
def test_each_place_waits_for_as_many_ends(place, lefts, seconds):
    assert seconds_until_place(place, lefts) == seconds


def test_who_waits_is_told_how_long_as_far_as_those_under_way_can_tell():
    desk = Desk(num_workers=1, max_jobs=2)
    first, second, waiting = (desk.take(name, CountJob()) for name in "abc")
    assert (desk.ledger.place_of(waiting), desk.ledger.wait_of(waiting)) == (1, None)
    for submission, left in ((first, 30.0), (second, 10.0)):
        desk.tell(submission, left)
    assert desk.ledger.wait_of(waiting) == 2 * 10.0, "two share the worker"
    assert desk.ledger.wait_of(first) is None


def test_who_shares_a_worker_takes_as_much_longer():
    desk = Desk(num_workers=2)
    alone, first, second = (desk.take(name, CountJob()) for name in "abc")
    assert desk.ledger.left_of(alone) is None
    for submission in (alone, first, second):
        desk.tell(submission, 10.0)
    assert [desk.ledger.left_of(submission) for submission in (alone, first, second)] == [20.0, 10.0, 20.0]
    desk.tell(second, 10.0, "paused")
    assert [desk.ledger.left_of(submission) for submission in (alone, first, second)] == [10.0, 10.0, None]


def test_what_rests_slows_nobody_down_and_does_not_tell_when_it_ends():
    desk = Desk(num_workers=1, max_jobs=1, pause_after=0.0)
    desk.tell(desk.take("left", CountJob()), 5.0)
    desk.ledger.check()
    desk.tell(desk.take("looked at", CountJob()), 10.0)
    assert desk.ledger.wait_of(desk.take("waiting", CountJob())) == 10.0


class Rush:
    """Two workers that share their time fairly, as real ones do, and jobs whose end they tell as training does."""

    SECONDS = 0.5  # between two moments

    def __init__(self, desk, lengths):
        self.desk = desk
        self.left = dict(lengths)  # seconds of computing
        self.now = 0.0
        self.jobs = {name: desk.take(name, CountJob()) for name in lengths}

    def go_on(self):
        load = Counter(worker for job in self.jobs.values() for worker in job.workers)
        for name, job in list(self.jobs.items()):
            if job.workers:
                self.left[name] -= self.SECONDS / load[job.workers[0]]
                self.desk.tell(job, self.left[name], "running" if self.left[name] > 0 else "finished")
        self.now += self.SECONDS

    @property
    def queue(self):
        return [job for job in self.jobs.values() if job.status == "queued"]


@pytest.mark.parametrize("seed", range(3))
def test_a_class_that_waits_is_told_about_as_long_as_it_will_wait(seed):
    rng = random.Random(seed)
    rush = Rush(Desk(num_workers=2, max_jobs=8, queue_length=24), {str(k): rng.uniform(5, 40) for k in range(24)})
    told, ratios = [], []
    while waiting := rush.queue:
        told += [(job, rush.now, rush.desk.ledger.wait_of(job)) for job in waiting]
        rush.go_on()
        begun = [job for job in waiting if job.status != "queued"]
        ratios += [wait / (rush.now - at) for job, at, wait in told if job in begun and wait and rush.now - at > 5]
    assert len(ratios) > 1000
    tenth, *_, last_tenth = statistics.quantiles(ratios, n=10)
    assert tenth > 0.8 and 0.9 < statistics.median(ratios) < 1.3 and last_tenth < 2.0
