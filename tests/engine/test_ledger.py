"""Which worker gets what, with workers that only listen."""

from collections import Counter

import pytest
from plain_jobs import CountJob, SquaresJob

from playground.engine import Limits, UnknownJob
from playground.engine.ledger import Ledger
from playground.engine.submission import Submission


class Listener:
    def __init__(self):
        self.is_promising = True
        self.sent = []

    def send(self, name, job_id, argument=None):
        self.sent.append((name, Submission.id_of_run(job_id)))


class Desk:
    """A ledger, its workers and submissions with short names."""

    def __init__(self, num_workers=3, **limits):
        self.workers = [Listener() for _ in range(num_workers)]
        self.ledger = Ledger(Limits(**{"jobs_per_session": 100, **limits}), lambda: self.workers)

    def take(self, name, job, count=3):
        submission = Submission(name, "owner", job, count=count)
        self.ledger.take(submission)
        return submission

    def runs_of(self, name):
        return [Counter(worker.sent)["submit", name] for worker in self.workers]


def test_parts_are_spread_evenly_even_over_workers_of_unequal_load():
    desk = Desk()
    desk.take("plain", CountJob())
    desk.take("other", CountJob())
    desk.take("divided", SquaresJob())
    assert desk.runs_of("divided") == [1, 1, 1]


def test_more_parts_than_workers_are_shared_out():
    desk = Desk(num_workers=2)
    desk.take("divided", SquaresJob(), count=5)
    assert sorted(desk.runs_of("divided")) == [2, 3]


def test_plain_jobs_go_to_the_worker_with_the_fewest():
    desk = Desk(num_workers=2)
    desk.take("divided", SquaresJob(), count=1)
    for name in "ab":
        desk.take(name, CountJob())
    assert (desk.runs_of("divided"), desk.runs_of("a"), desk.runs_of("b")) == ([1, 0], [0, 1], [1, 0])


def test_a_part_that_is_run_again_waits_for_the_worker_that_has_none():
    desk = Desk()
    submission = desk.take("divided", SquaresJob())
    killed, *others = desk.workers
    desk.workers[:] = []  # as the engine has it while a worker is about to start
    desk.ledger.lose(killed)
    desk.ledger.check()
    desk.ledger.look_at("divided")
    assert submission.waiting
    desk.workers[:] = [*others, Listener()]
    desk.ledger.check()
    assert desk.runs_of("divided") == [1, 1, 1]
    assert not submission.waiting


def test_a_worker_that_does_not_come_up_gets_nothing_while_others_are_up():
    desk = Desk(num_workers=2)
    desk.workers[0].is_promising = False
    desk.take("divided", SquaresJob(), count=2)
    assert desk.runs_of("divided") == [0, 2]
    desk.workers[1].is_promising = False
    desk.take("later", CountJob())
    assert desk.runs_of("later") == [1, 0]


def test_a_divided_job_takes_one_place():
    desk = Desk(max_jobs=2)
    desk.take("divided", SquaresJob())
    desk.take("plain", CountJob())
    queued = desk.take("queued", SquaresJob())
    assert desk.ledger.place_of(queued) == 1
    desk.ledger.forget("plain")
    assert desk.runs_of("queued") == [1, 1, 1]
    assert desk.ledger.place_of(queued) is None


def test_every_part_is_freed_and_the_lease_is_one():
    desk = Desk(pause_after=0.0, free_after=60.0)
    desk.take("divided", SquaresJob())
    desk.ledger.check()
    desk.ledger.look_at("divided")
    desk.ledger.forget("divided")
    for worker in desk.workers:
        assert [name for name, _ in worker.sent] == ["submit", "rest", "wake", "free"]
    with pytest.raises(UnknownJob):
        desk.ledger.look_at("divided")


def test_a_part_of_a_job_that_nobody_looks_at_is_run_again_when_somebody_does():
    desk = Desk(pause_after=0.0, free_after=60.0)
    submission = desk.take("divided", SquaresJob())
    desk.ledger.check()
    desk.ledger.lose(desk.workers.pop())
    desk.ledger.check()
    assert submission.waiting
    desk.ledger.look_at("divided")
    assert not submission.waiting
