"""The sharing of time, with a clock that only the jobs move."""

from collections import Counter
from functools import partial
from types import SimpleNamespace

import pytest
from plain_jobs import CountJob, FailingJob, HeavyJob, RefusedJob

from playground.engine.view import Command
from playground.engine.workers.memory import NO_MEMORY
from playground.engine.workers.turns import ROUND_SECONDS, SNAPSHOT_SECONDS, TURN_SECONDS, Turns, failure
from playground.jobs import steps
from playground.jobs.job import Snapshot


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now

    def work(self, seconds):
        self.now += seconds


class RaisingJob:
    def __init__(self, error):
        self.error = error

    def frames(self):
        raise self.error
        yield


class Desk:
    """Turns, with what they reported."""

    def __init__(self):
        self.clock = Clock()
        self.news = []
        self.turns = Turns(lambda run, *news: self.news.append((run.job_id, *news)), self.clock)

    def submit(self, job_id, **fields):
        self.turns.submit(job_id, partial(CountJob, work=self.clock.work, clock=self.clock, **fields))

    def take_turns(self, seconds):
        end = self.clock.now + seconds
        while self.clock.now < end:
            self.turns.take_turn()

    def look(self, job_id):
        """Status, message and snapshot as last reported."""
        return next(news[1:] for news in reversed(self.news) if news[0] == job_id)

    def step(self, job_id):
        self.turns.command(job_id, Command.change({}))
        return self.look(job_id)[2].step

    def status(self, job_id):
        return self.look(job_id)[0]


@pytest.fixture
def desk():
    return Desk()


def test_the_first_snapshot_comes_at_once(desk):
    desk.submit("a")
    assert desk.status("a") == "running"
    assert desk.look("a")[2].step == 0


def test_equal_jobs_get_equal_time(desk):
    for job_id in "abcde":
        desk.submit(job_id)
    desk.take_turns(seconds=10)
    steps = [desk.step(job_id) for job_id in "abcde"]
    assert min(steps) > 1900
    assert max(steps) - min(steps) <= TURN_SECONDS / 0.001 + 1


def test_the_time_that_a_job_computes_is_told_apart_from_the_time_that_it_waits(desk):
    spent = {}
    desk.turns = Turns(lambda run, *_: spent.update({run.job_id: run.spent}), desk.clock)
    desk.submit("early")
    desk.take_turns(seconds=10)
    desk.submit("late")
    desk.take_turns(seconds=10)
    assert spent == {"early": pytest.approx(15, abs=0.3), "late": pytest.approx(5, abs=0.3)}


class Walk:
    """A job of steps, and what it walks."""

    NUM_STEPS = 10_000

    def __init__(self, work):
        self.work, self.step = work, 0

    @property
    def has_ended(self):
        return self.step == self.NUM_STEPS

    def advance(self):
        self.work(0.001)
        self.step += 1

    def frames(self):
        turn = yield Snapshot()
        self.work(1.0)  # loads its data
        yield from steps.frames_of_steps(
            self, turn, lambda status: Snapshot(status, fraction=self.step / self.NUM_STEPS)
        )


def test_a_job_of_steps_tells_its_computing_alone_however_many_share_its_worker(desk, monkeypatch):
    """Wall-clock time, which the engine would multiply by their number once more, is the known wrong variant."""
    monkeypatch.setattr(steps.time, "perf_counter", desk.clock)
    left = {}
    desk.turns = Turns(lambda run, *_: left.update({run.job_id: run.seconds_left}), desk.clock)
    for job_id in "abcd":
        desk.turns.submit(job_id, partial(Walk, desk.clock.work))
    assert left == dict.fromkeys("abcd")
    desk.take_turns(seconds=12)
    assert left == dict.fromkeys("abcd", pytest.approx(8, rel=0.05))
    told = desk.clock.now + 4 * left["a"]
    while not desk.turns.is_idle:
        desk.turns.take_turn()
    assert desk.clock.now == pytest.approx(told, rel=0.05)


@pytest.mark.parametrize(
    ("error", "sentence"), [(MemoryError(), NO_MEMORY), (RuntimeError("another"), failure(RuntimeError()))], ids=repr
)
def test_memory_that_runs_out_is_said(desk, error, sentence):
    desk.turns.submit("a", partial(RaisingJob, error))
    assert desk.look("a")[:2] == ("failed", sentence)


def test_a_job_of_long_steps_gets_no_more_time_than_others(desk):
    desk.submit("heavy", step_seconds=1.0)
    desk.submit("light")
    desk.take_turns(seconds=100)
    assert desk.step("heavy") * 1.0 == pytest.approx(desk.step("light") * 0.001, abs=1.1)


def test_a_newcomer_and_one_that_was_paused_do_not_catch_up(desk):
    desk.submit("old")
    desk.submit("paused")
    desk.turns.command("paused", Command.pause())
    desk.take_turns(seconds=100)
    old, paused = desk.step("old"), desk.step("paused")
    desk.submit("new")
    desk.turns.command("paused", Command.resume())
    desk.take_turns(seconds=3)
    gains = [desk.step("old") - old, desk.step("paused") - paused, desk.step("new")]
    assert max(gains) - min(gains) <= 2 * TURN_SECONDS / 0.001


def test_a_round_of_many_jobs_stays_short(desk):
    for number in range(40):
        desk.submit(f"job {number}")
    start = desk.clock.now
    for _ in range(40):
        desk.turns.take_turn()
    # a turn ends with the step under way
    assert desk.clock.now - start <= ROUND_SECONDS + 40 * 0.001
    desk.take_turns(seconds=0.5)
    assert all(desk.step(f"job {number}") > 0 for number in range(40))


def test_snapshots_are_drawn_five_times_a_second_at_most(desk):
    desk.submit("a")
    desk.submit("b")
    for _ in range(2):
        desk.turns.take_turn()
    assert desk.look("a")[2].step > 0  # the very first turn draws
    desk.news.clear()
    desk.take_turns(seconds=10)
    drawn = Counter(news[0] for news in desk.news)
    assert 10 / SNAPSHOT_SECONDS * 0.6 <= drawn["a"] <= 10 / SNAPSHOT_SECONDS


def test_pause_and_resume(desk):
    desk.submit("a")
    desk.turns.take_turn()
    desk.turns.command("a", Command.pause())
    assert desk.status("a") == "paused"
    assert desk.turns.is_idle
    before = desk.step("a")
    desk.turns.take_turn()
    assert desk.step("a") == before > 0
    desk.turns.command("a", Command.resume())
    assert desk.status("a") == "running"
    desk.turns.take_turn()
    assert desk.step("a") > before


def test_one_step_is_one_step_and_pauses(desk):
    desk.submit("a")
    desk.turns.take_turn()
    before = desk.step("a")
    for number in (1, 2):
        desk.turns.command("a", Command.one_step())
        assert desk.status("a") == "paused"
        assert desk.look("a")[2].step == before + number
    assert desk.turns.is_idle


@pytest.mark.parametrize("steps_per_epoch", [20, 300], ids=["within a turn", "over several turns"])
def test_one_epoch_ends_with_the_epoch_and_pauses(desk, steps_per_epoch):
    desk.submit("a", steps_per_epoch=steps_per_epoch)
    desk.turns.command("a", Command.one_step())
    for epoch in (1, 2):
        desk.turns.command("a", Command.one_epoch())
        while not desk.turns.is_idle:
            desk.turns.take_turn()
        assert desk.status("a") == "paused"
        assert desk.look("a")[2].step == epoch * steps_per_epoch


def test_one_epoch_of_a_job_without_epochs_is_one_turn(desk):
    desk.turns.submit("a", partial(HeavyJob, 0.0))
    desk.turns.command("a", Command.one_epoch())
    assert desk.status("a") == "finished"


def test_one_epoch_can_be_paused(desk):
    desk.submit("a", steps_per_epoch=10_000)
    desk.turns.command("a", Command.one_epoch())
    desk.turns.take_turn()
    desk.turns.command("a", Command.pause())
    assert desk.turns.is_idle
    desk.turns.command("a", Command.resume())
    desk.take_turns(seconds=30)
    assert desk.step("a") > 20_000


def test_a_change_is_made_before_the_next_step(desk):
    desk.submit("a")
    desk.turns.command("a", Command.pause())
    desk.turns.command("a", Command.change({"stride": 5}))
    assert (desk.status("a"), desk.look("a")[2].stride, desk.look("a")[2].step) == ("paused", 5, 0)
    desk.turns.command("a", Command.one_step())
    assert desk.look("a")[2].step == 5


def test_a_refused_change_is_said_until_the_next_one_and_the_job_goes_on(desk):
    desk.submit("a")
    desk.turns.command("a", Command.change({"stride": "x"}))
    desk.take_turns(seconds=1)
    status, message, snapshot = desk.look("a")
    assert (status, message) == ("running", "stride must be a whole number, got 'x'.")
    assert snapshot.step > 0
    desk.turns.command("a", Command.change({"stride": 2}))
    assert desk.look("a")[1] == ""


def test_a_message_said_once_in_answer_to_a_change_stays_until_the_next_command(desk):
    def frames():
        turn = yield Snapshot()
        while True:
            turn = yield Snapshot(message="No." if turn.changes else "")

    desk.turns.submit("a", partial(SimpleNamespace, frames=frames))
    desk.turns.command("a", Command.change({"x": 1}))
    desk.clock.now += 1
    desk.turns.take_turn()
    assert desk.look("a")[1] == "No."
    desk.turns.command("a", Command.pause())
    assert desk.look("a")[1] == ""


def test_stop_ends_with_a_last_snapshot(desk):
    desk.submit("a")
    desk.turns.take_turn()
    desk.turns.command("a", Command.stop())
    assert desk.status("a") == "stopped"
    assert desk.look("a")[2].step > 0
    assert desk.turns.is_idle


def test_stop_ends_even_a_job_that_does_not_listen(desk):
    def frames():
        while True:
            yield Snapshot()

    desk.turns.submit("a", partial(SimpleNamespace, frames=frames))
    desk.turns.command("a", Command.stop())
    assert desk.status("a") == "stopped"
    assert desk.turns.is_idle


def test_a_job_that_ends_reports_it_though_no_snapshot_was_due(desk):
    desk.submit("a", num_steps=20)
    desk.turns.take_turn()
    assert desk.status("a") == "finished"
    assert desk.look("a")[2].step == 20


def test_rest_keeps_what_the_person_chose(desk):
    for job_id in ("running", "paused"):
        desk.submit(job_id)
    desk.turns.command("paused", Command.pause())
    for job_id in ("running", "paused"):
        desk.turns.rest(job_id)
    assert desk.turns.is_idle
    for job_id in ("running", "paused"):
        desk.turns.wake(job_id)
    desk.take_turns(seconds=1)
    assert desk.step("running") > 0
    assert desk.step("paused") == 0


def test_a_freed_job_is_closed_and_says_nothing(desk):
    closed = []

    class Job:
        def frames(self):
            try:
                yield Snapshot()
            finally:
                closed.append(True)

    desk.turns.submit("a", Job)
    desk.news.clear()
    desk.turns.free("a")
    assert closed == [True]
    assert desk.turns.is_idle
    assert desk.news == []


@pytest.mark.parametrize("command", [Command.pause(), Command.one_epoch(), Command.stop(), Command.change({"a": 1})])
def test_orders_for_a_job_that_has_ended_are_ignored(desk, command):
    desk.submit("a", num_steps=1)
    desk.turns.take_turn()
    desk.news.clear()
    desk.turns.command("a", command)
    for order in (desk.turns.rest, desk.turns.wake, desk.turns.free):
        order("a")
    assert desk.news == []


def test_a_value_error_is_the_jobs_own_refusal(desk):
    desk.turns.submit("a", RefusedJob)
    assert desk.look("a") == ("refused", RefusedJob().sentence, None)


def test_any_other_error_is_a_failure_told_in_one_sentence(desk, caplog):
    desk.submit("other")
    desk.turns.submit("a", FailingJob)
    desk.turns.command("a", Command.pause())
    status, message, _ = desk.look("a")
    assert status == "failed"
    assert "RuntimeError" in message
    assert "secret detail" not in message
    assert "secret detail" in caplog.text
    desk.take_turns(seconds=1)
    assert desk.step("other") > 0
