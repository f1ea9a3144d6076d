"""Divided jobs on real worker processes."""

import os
import signal
import sys

import pytest
from plain_jobs import CountJob, SquaresJob
from waiting import wait_until

from playground.engine import Command, EngineFull

ENDLESS = SquaresJob(num_numbers=100_000, step_seconds=0.001)


@pytest.fixture
def engine(make_engine):
    return make_engine(workers=2)


def wait_for(engine, job_id, status):
    wait_until(lambda: engine.view(job_id).status == status)
    return engine.view(job_id)


def wait_for_squares(engine, job_id, count, parts=2):
    """A view of a job of which every part has found so many."""

    def view():
        seen = engine.view(job_id)
        per_part = [number % parts for number in (seen.snapshot.found if seen.snapshot else ())]
        return seen if all(per_part.count(part) >= count for part in range(parts)) else None

    return wait_until(view)


def test_every_worker_gets_a_part_and_the_whole_is_shown_as_one(engine):
    job_id = engine.submit(SquaresJob(num_numbers=9, step_seconds=0.01), owner="a")
    view = wait_for(engine, job_id, "finished")
    assert view.snapshot.found == {number: number**2 for number in range(9)}
    assert (view.snapshot.status, view.snapshot.fraction) == ("finished", 1.0)
    assert (view.message, view.place) == ("", None)
    pids = {number: pid for number, _, pid in view.snapshot.squares}
    assert set(pids.values()) == set(engine.worker_pids)
    assert len({pids[number] for number in range(0, 9, 2)}) == 1


def test_pause_resume_and_stop_reach_every_part(engine):
    job_id = engine.submit(ENDLESS, owner="a")
    wait_for_squares(engine, job_id, 1)
    engine.command(job_id, Command.pause())
    paused = wait_for(engine, job_id, "paused")
    engine.command(job_id, Command.one_step())
    stepped = wait_for(engine, job_id, "paused")
    steps = (stepped.snapshot.fraction - paused.snapshot.fraction) * ENDLESS.num_numbers * 10
    assert steps == pytest.approx(2)
    engine.command(job_id, Command.resume())
    wait_for_squares(engine, job_id, len(stepped.snapshot.found))
    engine.command(job_id, Command.stop())
    stopped = wait_for(engine, job_id, "stopped")
    assert stopped.snapshot.status == "stopped"
    assert stopped.snapshot.found.items() > stepped.snapshot.found.items()


def test_a_divided_job_that_starts_paused_waits_for_a_command(engine):
    job_id = engine.submit(ENDLESS, owner="a", starts_paused=True)
    assert wait_for(engine, job_id, "paused").snapshot.fraction == 0
    engine.command(job_id, Command.resume())
    wait_for_squares(engine, job_id, 1)


def test_a_divided_job_counts_once(make_engine):
    engine = make_engine(workers=2, max_jobs=1, queue_length=1, jobs_per_session=1)
    first = engine.submit(ENDLESS, owner="a")
    second = engine.submit(SquaresJob(), owner="b")
    assert (engine.view(second).status, engine.view(second).place) == ("queued", 1)
    with pytest.raises(EngineFull, match="1 unfinished runs"):
        engine.submit(CountJob(), owner="a")
    with pytest.raises(EngineFull, match="1 may wait"):
        engine.submit(CountJob(), owner="c")
    engine.free(first)
    wait_for(engine, second, "finished")


@pytest.mark.parametrize(
    ("trouble", "status", "message"),
    [
        ({"refuses": 40}, "refused", "40 cannot be squared."),
        (
            {"fails_at": 40},
            "failed",
            "An error in the program ended this run (RuntimeError); the server's log says more.",
        ),
        ({"kills": 40}, "lost", "A process that ran a part of this was killed 4 times; start it again."),
    ],
)
def test_a_part_that_comes_to_grief_ends_the_whole_and_stops_the_others(engine, trouble, status, message):
    wait_until(lambda: all(worker.is_ready for worker in engine._crew.workers))
    job_id = engine.submit(SquaresJob(100_000, step_seconds=0.001, **trouble), owner="a")
    view = wait_for(engine, job_id, status)
    assert view.message == message
    assert {1, 3} <= view.snapshot.found.keys()  # what the other had stays


@pytest.mark.skipif(sys.platform == "win32", reason="signals as Unix knows them")
class TestKilledWorker:
    def kill_one(self, engine):
        killed = engine.worker_pids[0]
        os.kill(killed, signal.SIGKILL)
        wait_until(lambda: len(engine.worker_pids) == 2 and killed not in engine.worker_pids)
        return killed

    def test_costs_only_what_was_under_way(self, engine):
        job = SquaresJob(num_numbers=60, step_seconds=0.003)
        job_id = engine.submit(job, owner="a")
        before = wait_for_squares(engine, job_id, 5).snapshot
        killed = self.kill_one(engine)
        seen = [before]
        wait_until(lambda: seen.append(engine.view(job_id).snapshot) or seen[-1].has_ended)
        assert engine.view(job_id).status == "finished"
        assert seen[-1].found == {number: number**2 for number in range(60)}
        assert set(before.squares) <= set(seen[-1].squares)  # by the process that is dead
        assert [s.fraction for s in seen] == sorted(s.fraction for s in seen)
        others = {pid for _, _, pid in seen[-1].squares} - {killed}
        assert others == set(engine.worker_pids)  # the new one has taken over, not the one that had its own part

    def test_leaves_a_paused_job_paused(self, engine):
        job_id = engine.submit(ENDLESS, owner="a")
        wait_for_squares(engine, job_id, 1)
        engine.command(job_id, Command.pause())
        paused = wait_for(engine, job_id, "paused")
        self.kill_one(engine)
        wait_until(lambda: engine.view(job_id).version >= paused.version + 3)  # killed, begun again, first snapshot
        after = engine.view(job_id)
        assert (after.status, after.snapshot.found) == ("paused", paused.snapshot.found)
        engine.command(job_id, Command.resume())
        wait_for_squares(engine, job_id, len(paused.snapshot.found))
