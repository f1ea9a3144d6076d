"""Which worker gets what, with workers that only listen."""

import pickle

import pytest
from desk import Desk, Listener
from plain_jobs import CountJob, CountSnapshot, SquaresJob

from playground.engine import EngineFull, UnknownJob
from playground.engine.ledger import TIME_IS_UP
from playground.engine.view import Command
from playground.engine.workers.messages import Report


@pytest.mark.parametrize(("count", "runs"), [(2, [1, 1]), (4, [2, 2]), (5, [2, 3])])
def test_parts_are_spread_evenly_even_over_workers_of_unequal_load(count, runs):
    desk = Desk(num_workers=2)
    for name in ("one", "gone", "two", "left", "three", "done"):
        desk.take(name, CountJob())
    for name in ("gone", "left", "done"):
        desk.ledger.forget(name)
    desk.take("divided", SquaresJob(), count=count)
    assert [desk.runs_of(name) for name in ("one", "two", "three")] == [[1, 0]] * 3
    assert desk.runs_of("divided") == runs, "one more at most, on the emptier"


def test_each_worker_gets_one_part_whatever_else_it_has():
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


def test_time_is_up_at_the_limit_and_not_before():
    desk = Desk(num_workers=1, max_seconds=60)
    submission = desk.take("a", CountJob())
    for seconds, orders in ((60.0, 0), (60.1, 1), (61.0, 1)):
        desk.ledger.take_report(Report("a", "running", "", 0, 5, pickle.dumps(CountSnapshot(step=5)), seconds))
        assert desk.workers[0].num_sent("command", "a") == orders
    desk.ledger.take_report(Report("a", "stopped", "", 1, None, None, 61.0))
    view = submission.view(None)
    assert (view.message, view.snapshot.step) == (TIME_IS_UP.format(60), 5)
    assert "the 60 s of computing" in view.message


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
        assert worker.orders == ["submit", "rest", "wake", "free"]
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


@pytest.fixture
def full_house():
    """Two of three places are previews; nobody looks at any of them any more, and one more may wait."""
    desk = Desk(num_workers=1, max_jobs=3, queue_length=1, pause_after=0.0)
    desk.take("held", CountJob(), starts_paused=True).command(Command.one_step())
    for name in ("preview", "later preview"):
        desk.take(name, CountJob(), starts_paused=True)
    desk.ledger.check()
    return desk


def test_what_nobody_looks_at_takes_no_place_and_is_kept(full_house):
    assert full_house.take("new", CountJob()).status == "running"
    assert full_house.ledger.num_running == 1
    for name in ("preview", "later preview", "held"):
        assert full_house.ledger.look_at(name).status == "running"
    assert full_house.ledger.num_running == 4


def test_what_is_looked_at_again_takes_its_place_before_newcomers(full_house):
    for name in ("preview", "later preview", "held"):
        full_house.ledger.look_at(name)
    assert full_house.take("new", CountJob()).status == "queued"


def test_what_nobody_looks_at_gives_way_previews_and_the_oldest_first_where_no_more_may_be_kept(full_house):
    full_house.take("new", CountJob())
    for newcomer, given_up in (("newer", "preview"), ("newest", "later preview"), ("last", "held")):
        assert full_house.take(newcomer, CountJob()).job_id == newcomer
        with pytest.raises(UnknownJob):
            full_house.ledger.look_at(given_up)
    with pytest.raises(EngineFull, match="All places are taken"):
        full_house.take("too many", CountJob())


def test_what_somebody_looks_at_does_not_give_way(full_house):
    full_house.take("new", CountJob())
    full_house.ledger.look_at("preview")
    full_house.take("newer", CountJob())
    assert full_house.ledger.look_at("preview").is_untouched
    assert full_house.ledger.look_at("held").status == "running"
