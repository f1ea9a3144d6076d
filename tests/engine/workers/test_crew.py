"""Workers that die, hang or are left behind."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from plain_jobs import CountJob, HeavyJob
from waiting import is_alive, wait_until

from playground.engine import Command
from playground.engine.workers import crew as crew_module
from playground.engine.workers import handle
from playground.engine.workers.crew import RETRY_SECONDS, Crew
from playground.engine.workers.process import MEMORY_RAN_OUT, worker_environment

CHANGE = Command.change({"stride": 1})
SCRIPT = Path(__file__).with_name("start_an_engine.py")
AT_ONCE = 15.0  # seconds: half of what a silent worker is waited for, and far more than a busy machine needs

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals as Unix knows them")


def start_jobs(engine, num_jobs=2):
    """Ids of jobs that have made some steps."""
    jobs = [engine.submit(CountJob(), owner="a") for _ in range(num_jobs)]
    for job_id in jobs:
        wait_until(lambda job_id=job_id: engine.view(job_id).snapshot and engine.view(job_id).snapshot.step > 0)
    return jobs


def lost_and_undisturbed(engine, jobs):
    wait_until(lambda: "lost" in [engine.view(job_id).status for job_id in jobs])
    return sorted(jobs, key=lambda job_id: engine.view(job_id).status)


def test_a_killed_worker_is_replaced_and_its_jobs_say_so(make_engine):
    engine = make_engine(workers=2)
    jobs = start_jobs(engine)
    killed, other = pids = engine.worker_pids
    os.kill(killed, signal.SIGKILL)
    started = time.monotonic()
    lost, running = lost_and_undisturbed(engine, jobs)
    view = engine.view(lost)
    said = f"The process that ran this was killed at step {view.snapshot.step}, {MEMORY_RAN_OUT}; start it again."
    assert view.message == said
    wait_until(lambda: len(engine.worker_pids) == 2 and killed not in engine.worker_pids)
    assert time.monotonic() - started < AT_ONCE
    assert other in engine.worker_pids
    before = engine.view(running).snapshot.step
    wait_until(lambda: engine.view(running).snapshot.step > before)
    start_jobs(engine)  # one of them on the new worker
    assert not is_alive(pids[0])


def test_what_was_finished_outlives_the_worker_that_did_it(engine):
    job_id = engine.submit(CountJob(num_steps=5), owner="a")
    wait_until(lambda: engine.view(job_id).status == "finished")
    (pid,) = engine.worker_pids
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: engine.worker_pids not in ([], [pid]))
    assert (engine.view(job_id).status, engine.view(job_id).snapshot.step) == ("finished", 5)


def test_a_job_lost_before_its_first_snapshot_names_no_step(engine):
    wait_until(lambda: engine._crew.workers[0].is_ready)
    os.kill(engine.worker_pids[0], signal.SIGSTOP)
    job_id = engine.submit(CountJob(), owner="a")
    os.kill(engine.worker_pids[0], signal.SIGKILL)
    wait_until(lambda: engine.view(job_id).status == "lost")
    assert engine.view(job_id).message == f"The process that ran this was killed, {MEMORY_RAN_OUT}; start it again."
    assert engine.view(job_id).snapshot is None


def test_a_paused_job_counts_as_running_until_its_worker_has_obeyed(engine):
    (job_id,) = start_jobs(engine, 1)
    engine.command(job_id, Command.pause())
    wait_until(lambda: engine.view(job_id).status == "paused")
    os.kill(engine.worker_pids[0], signal.SIGSTOP)
    before = engine.view(job_id)
    for _ in range(2):
        engine.command(job_id, Command.one_step())
    assert engine.view(job_id).status == "running"
    os.kill(engine.worker_pids[0], signal.SIGCONT)
    wait_until(lambda: engine.view(job_id).status == "paused")
    assert engine.view(job_id).snapshot.step == before.snapshot.step + 2


def test_a_stopped_worker_is_replaced_and_no_call_waits_for_it(make_engine):
    engine = make_engine(workers=2, hang_after=2.0)
    jobs = start_jobs(engine)
    stopped = engine.worker_pids[0]
    os.kill(stopped, signal.SIGSTOP)
    for _ in range(2000):  # more than its pipe holds
        for job_id in jobs:
            engine.command(job_id, CHANGE)
    lost, running = lost_and_undisturbed(engine, jobs)
    assert re.fullmatch(
        r"The process that ran this was killed at step \d+, after [23] s without a word; start it again.",
        engine.view(lost).message,
    )
    assert engine.view(running).status == "running"
    wait_until(lambda: len(engine.worker_pids) == 2 and not is_alive(stopped))


def test_who_comes_while_a_worker_stands_still_gets_the_other(make_engine, monkeypatch):
    monkeypatch.setattr(handle, "PATIENCE", 1.5)
    engine = make_engine(workers=2)
    wait_until(lambda: all(worker.is_ready for worker in engine._crew.workers))
    os.kill(engine.worker_pids[0], signal.SIGSTOP)
    wait_until(lambda: not all(worker.is_promising for worker in engine._crew.workers))
    start_jobs(engine, num_jobs=3)


def test_a_long_turn_is_not_taken_for_a_hang(make_engine):
    engine = make_engine(hang_after=3.0)
    pids = engine.worker_pids
    job_id = engine.submit(HeavyJob(1.5), owner="a")
    wait_until(lambda: engine.view(job_id).status == "finished")
    assert engine.worker_pids == pids


def test_an_idle_worker_is_not_taken_for_hung(make_engine):
    engine = make_engine(hang_after=1.5)
    worker = engine._crew.workers[0]
    wait_until(lambda: worker.is_ready)
    beats, last = 0, 0.0

    def has_spoken_often():
        nonlocal beats, last
        beats += worker.silence < last
        last = worker.silence
        return beats >= 3

    wait_until(has_spoken_often)
    assert engine._crew.workers == [worker]


def test_a_replacement_survives_the_thread_that_noticed_the_death(make_engine):
    engine = make_engine()
    for _ in range(2):
        wait_until(lambda: engine._crew.workers and engine._crew.workers[0].is_ready)
        os.kill(engine.worker_pids[0], signal.SIGKILL)
        (gone,) = engine.worker_pids or [0]
        wait_until(lambda gone=gone: engine.worker_pids and engine.worker_pids != [gone])
    start_jobs(engine)


def test_workers_survive_the_thread_that_started_the_engine(make_engine):
    made = []
    thread = threading.Thread(target=lambda: made.append(make_engine()))
    thread.start()
    thread.join()
    (engine,) = made
    pids = engine.worker_pids
    start_jobs(engine)
    assert engine.worker_pids == pids


def test_a_worker_too_many_is_let_go_when_it_never_came_up():
    started, killed, wanted = [], [], [3]

    def start_worker(on_end):
        worker = SimpleNamespace(is_ready=len(started) != 1, silence=0.0, pid=1, wait=lambda seconds: None)
        worker.kill = lambda: killed.append(worker) or on_end(worker)
        started.append(worker)
        return worker

    crew = Crew(lambda: wanted[0], start_worker, hang_after=60, round_seconds=0.01, on_round=int, on_end=id)
    crew.start()
    wait_until(lambda: len(crew.workers) == 3)
    wanted[0] = 1
    wait_until(lambda: killed)
    assert (killed, crew.workers) == (started[1:2], [started[0], started[2]])
    crew.stop()
    assert len(started) == 3


@pytest.mark.parametrize("trouble", [None, signal.SIGSTOP], ids=["healthy", "stopped"])
def test_stop_leaves_no_process(make_engine, trouble):
    engine = make_engine(workers=2)
    start_jobs(engine)
    pids = engine.worker_pids
    if trouble:
        os.kill(pids[0], trouble)
    started = time.monotonic()
    engine.stop()
    assert time.monotonic() - started < AT_ONCE
    assert not any(map(is_alive, pids))
    assert engine.worker_pids == []


def run_script(*arguments):
    environment = worker_environment(())
    return subprocess.Popen(
        [sys.executable, str(SCRIPT), *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )


def test_workers_die_with_a_killed_server_even_in_the_middle_of_a_turn():
    with run_script() as server:
        pids = [int(pid) for pid in server.stdout.readline().split()]
        assert len(pids) == 2
        assert all(map(is_alive, pids))
        server.kill()
    wait_until(lambda: not any(map(is_alive, pids)), seconds=3.0)


def test_workers_end_with_a_program_that_forgets_to_stop_the_engine():
    with run_script("--end") as program:
        output, errors = program.communicate(timeout=20)
    assert program.returncode == 0
    assert errors == b""
    assert not any(is_alive(int(pid)) for pid in output.split())


def test_control_c_reaches_only_the_server(engine):
    jobs = start_jobs(engine, 1)
    (pid,) = engine.worker_pids
    os.kill(pid, signal.SIGINT)
    before = engine.view(jobs[0]).snapshot.step
    wait_until(lambda: engine.view(jobs[0]).snapshot.step > before)
    assert engine.worker_pids == [pid]


@pytest.fixture
def quiet_crew(monkeypatch):
    """A crew of one whose thread does not run, the workers that it is to get (None: a start that fails) and a clock."""
    coming, now = [], [100.0]
    monkeypatch.setattr(crew_module, "time", SimpleNamespace(monotonic=lambda: now[0]))

    def start_worker(on_end):
        worker = coming.pop()
        if worker is None:
            raise OSError("no process left")
        return worker

    crew = Crew(lambda: 1, start_worker, hang_after=60, on_round=lambda: None, on_end=lambda worker: None)
    return crew, coming, now


def test_after_a_start_that_failed_the_next_one_waits(quiet_crew):
    crew, coming, now = quiet_crew
    coming.append(None)
    with pytest.raises(OSError, match="no process left"):
        crew._start_missing()
    assert not crew.is_about_to_start_one
    now[0] += RETRY_SECONDS
    assert crew.is_about_to_start_one


@pytest.mark.parametrize("is_ready", [True, False], ids=["at work", "in its start-up"])
def test_a_worker_that_dies_is_replaced_at_once_unless_it_died_in_its_start_up(quiet_crew, is_ready):
    crew, coming, now = quiet_crew
    coming.append(SimpleNamespace(is_ready=is_ready, pid=1))
    crew._start_missing()
    assert not crew.is_about_to_start_one
    crew._forget(crew.workers[0])
    assert (crew.is_about_to_start_one, crew.num_lost) == (is_ready, 1)
    now[0] += RETRY_SECONDS
    assert crew.is_about_to_start_one
