"""A submitted job and its parts, with workers that only listen."""

import pickle

import pytest
from desk import Listener
from plain_jobs import CountJob, SquaresJob, SquaresSnapshot, joins

from playground.engine.submission import MOST_RUNS, Submission
from playground.engine.view import Command
from playground.engine.workers.messages import Report


def divided(parts=2, **options):
    submission = Submission("a", "owner", SquaresJob(), count=parts, **options)
    workers = [Listener() for _ in range(parts)]
    for record, worker in zip(list(submission.waiting), workers, strict=True):
        submission.start(record, worker)
    return submission, workers


def tell(submission, index, *found, fraction=None, status="running", message="", num_obeyed=0, **times):
    """A report of the part that runs at this index."""
    squares = tuple((number, number**2, 0) for number in found)
    snapshot = SquaresSnapshot(
        status if status not in ("running", "paused") else "running", "", fraction, None, squares
    )
    raw = None if fraction is None else pickle.dumps(snapshot)
    submission.update(Report(submission.records[index].run_id, status, message, num_obeyed, None, raw, **times))


def run_again(submission):
    """Start the part that waits, on a new worker."""
    (record,) = submission.waiting
    submission.start(record, worker := Listener())
    return worker


def test_a_plain_job_is_one_record_under_its_own_name():
    submission = Submission("a", "owner", CountJob(), count=8)
    assert [record.run_id for record in submission.records] == ["a"]
    assert Submission.id_of_run("a") == "a"


def test_parts_have_names_of_their_own():
    submission, workers = divided(3)
    names = [record.run_id for record in submission.records]
    assert len(set(names)) == 3
    assert {Submission.id_of_run(name) for name in names} == {"a"}
    assert [worker.job.index for worker in workers] == [0, 1, 2]


def test_it_has_ended_when_every_part_has():
    submission, _ = divided()
    assert submission.view(None).snapshot is None
    tell(submission, 0, 0, 2, fraction=1.0, status="finished")
    assert submission.view(None).status == "running"
    tell(submission, 1, 1, fraction=1.0, status="finished")
    view = submission.view(None)
    assert (view.status, view.snapshot.status, sorted(view.snapshot.found)) == ("finished", "finished", [0, 1, 2])
    assert not submission.workers and not submission.waiting


def test_it_is_paused_when_every_part_that_goes_on_is():
    submission, _ = divided(3)
    tell(submission, 0, fraction=1.0, status="finished")
    tell(submission, 1, fraction=0.1, status="paused")
    assert submission.status == "running"
    tell(submission, 2, fraction=0.1, status="paused")
    assert submission.status == "paused"


def test_snapshots_are_joined_once_for_each_version_that_somebody_looks_at():
    submission, _ = divided()
    joins.clear()
    for _ in range(5):
        tell(submission, 0, 0, fraction=0.1)
    assert not joins
    seen = {id(submission.view(None).snapshot) for _ in range(5)}
    assert len(joins) == len(seen) == 1
    tell(submission, 1, 1, fraction=0.1)
    submission.view(None)
    assert len(joins) == 2


def test_a_command_goes_to_the_parts_that_have_not_ended():
    submission, (ended, going) = divided()
    tell(submission, 0, fraction=1.0, status="finished")
    submission.command(Command.pause())
    assert (ended.orders, going.orders) == (["submit"], ["submit", "pause"])
    tell(submission, 1, fraction=0.1, status="running", num_obeyed=0)
    assert submission.status == "running"
    tell(submission, 1, fraction=0.1, status="paused", num_obeyed=1)
    assert submission.status == "paused"


@pytest.mark.parametrize("status", ["refused", "failed"])
def test_a_part_in_trouble_stops_the_others(status):
    submission, (_, other) = divided()
    tell(submission, 0, status=status, message="No.")
    assert other.orders == ["submit", "stop"]
    assert submission.is_unfinished  # its place is free when the other has stopped
    tell(submission, 1, 1, fraction=0.5, status="stopped", num_obeyed=1)
    view = submission.view(None)
    assert (view.status, view.message, view.snapshot.found) == (status, "No.", {1: 1})


def test_a_part_whose_worker_died_is_begun_again_after_what_it_told():
    submission, (first, second) = divided()
    tell(submission, 0, 0, 2, fraction=0.5)
    tell(submission, 1, 1, fraction=0.3)
    submission.lose(first)
    assert submission.view(None).status == "running"
    again = run_again(submission)
    assert (again.job.index, [number for number, _, _ in again.job.done]) == (0, [0, 2])
    assert second.orders == ["submit"]


def test_what_is_seen_never_goes_back():
    submission, (first, _) = divided()
    tell(submission, 0, 0, fraction=0.5)
    before = submission.view(None).snapshot
    submission.lose(first)
    assert submission.view(None).snapshot == before
    again = run_again(submission)
    tell(submission, 0, 0, fraction=0.4)  # what was under way is begun anew
    assert submission.view(None).snapshot == before
    submission.lose(again)
    assert run_again(submission).job.done == ((0, 0, 0),)
    tell(submission, 0, 0, 2, fraction=0.6)
    assert submission.view(None).snapshot.found == {0: 0, 2: 4}


def test_a_late_word_of_a_dead_worker_is_not_taken_for_its_successors():
    submission, (first, _) = divided()
    old = submission.records[0].run_id
    submission.lose(first)
    run_again(submission)
    version = submission.version
    submission.update(Report(old, "finished", "", 0, None, None))
    assert (submission.status, submission.version) == ("running", version)


def test_a_part_that_ends_its_worker_each_time_is_lost():
    submission, (worker, other) = divided()
    for _ in range(MOST_RUNS - 1):
        submission.lose(worker)
        worker = run_again(submission)
    submission.lose(worker)
    assert other.orders == ["submit", "stop"]
    tell(submission, 1, status="stopped", num_obeyed=1)
    view = submission.view(None)
    assert (view.status, view.message) == (
        "lost",
        f"A process that ran a part of this was killed {MOST_RUNS} times, by chance; start it again.",
    )


def test_a_part_that_cannot_go_on_fails_and_says_so(monkeypatch, caplog):
    submission, (worker, other) = divided()
    monkeypatch.setattr("plain_jobs.SquaresPart.after", lambda self, snapshot: 1 / 0)
    submission.lose(worker)
    assert submission.records[0].status == "failed"
    assert "ZeroDivisionError" in submission.records[0].message
    assert other.orders == ["submit", "stop"]
    assert "cannot be run again" in caplog.text


@pytest.mark.parametrize(
    ("commands", "status", "orders"),
    [
        ([], "running", ["submit"]),
        ([Command.pause()], "paused", ["submit_paused"]),
        ([Command.one_step()], "paused", ["submit_paused"]),
        ([Command.pause(), Command.resume()], "running", ["submit"]),
        ([Command.change({"stride": 2}), Command.pause()], "paused", ["submit_paused", "change"]),
        ([Command.one_epoch()], "running", ["submit", "one_epoch"]),
    ],
)
def test_the_next_run_of_a_part_does_as_was_last_asked(commands, status, orders):
    submission, (worker, _) = divided()
    for command in commands:
        submission.command(command)
    submission.lose(worker)
    assert submission.records[0].status == status
    assert run_again(submission).orders == orders


def test_an_epoch_that_was_over_is_not_run_again():
    submission, (worker, _) = divided()
    submission.command(Command.one_epoch())
    tell(submission, 0, fraction=0.5, status="paused", num_obeyed=1)
    submission.lose(worker)
    assert run_again(submission).orders == ["submit_paused"]


def test_the_computing_of_all_parts_and_of_earlier_runs_counts():
    submission, (killed, _) = divided()
    tell(submission, 0, 1, fraction=0.1, seconds=3.0)
    tell(submission, 1, 2, fraction=0.1, seconds=4.0)
    submission.lose(killed)
    run_again(submission)
    tell(submission, 0, 1, fraction=0.2, seconds=1.0)
    assert submission.seconds == 8.0


def test_a_job_that_is_stopped_for_a_reason_says_it_once_it_has_stopped():
    submission, workers = divided()
    tell(submission, 0, 1, fraction=0.5)
    for _ in range(2):
        submission.stop("Time is up.")
    assert [worker.orders for worker in workers] == [["submit", "stop"]] * 2
    assert submission.view(None).message == ""
    for index in range(2):
        tell(submission, index, index, fraction=0.5, status="stopped", num_obeyed=1)
    view = submission.view(None)
    assert (view.status, view.message) == ("stopped", "Time is up.")
    assert [number for number, *_ in view.snapshot.squares] == [0, 1]


def test_what_is_left_of_a_job_is_what_is_left_of_its_slowest_part_on_a_shared_worker():
    submission, workers = divided()
    load = {workers[0]: 3, workers[1]: 1}
    tell(submission, 0, fraction=0.5, seconds_left=10.0)
    assert submission.seconds_left(load) is None
    tell(submission, 1, fraction=0.5, seconds_left=20.0)
    assert submission.seconds_left(load) == 30.0
    submission.command(Command.pause())
    tell(submission, 0, status="paused", num_obeyed=1)
    assert submission.seconds_left(load) is None


def test_a_command_reaches_a_part_that_waits_for_a_worker():
    submission, (worker, _) = divided()
    submission.lose(worker)
    submission.command(Command.pause())
    assert run_again(submission).orders == ["submit", "pause"]


def test_a_part_that_waits_for_a_worker_is_stopped_at_once():
    submission, (worker, _) = divided()
    tell(submission, 0, 0, fraction=0.5)
    submission.lose(worker)
    submission.command(Command.stop())
    assert not submission.waiting
    tell(submission, 1, status="stopped", num_obeyed=1)
    view = submission.view(None)
    assert (view.status, view.snapshot.found) == ("stopped", {0: 0})


def test_a_worker_that_dies_while_it_is_told_to_stop_has_stopped():
    submission, (worker, other) = divided()
    submission.command(Command.stop())
    submission.lose(worker)
    submission.lose(other)
    assert submission.status == "stopped"
