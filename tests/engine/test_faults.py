"""What real workers do when memory, time or the disk runs out."""

import subprocess
import sys
from pathlib import Path

import pytest
import torch
from plain_jobs import CountJob, GreedyJob, HungryJob, MuteJob
from waiting import wait_until

from playground.engine.workers.memory import NO_MEMORY, is_out_of_memory
from playground.engine.workers.process import worker_environment

SCRIPT = Path(__file__).with_name("on_a_full_disk.py")


def ended(engine, job):
    """The view of a job once it has ended."""
    job_id = engine.submit(job, owner="a")
    wait_until(lambda: engine.view(job_id).status not in ("queued", "running"))
    return engine.view(job_id)


def test_a_job_that_wants_too_much_memory_says_so_and_its_worker_goes_on(engine):
    (pid,) = engine.worker_pids
    view = ended(engine, HungryJob())
    assert (view.status, view.message) == ("failed", NO_MEMORY)
    assert ended(engine, CountJob(num_steps=1)).status == "finished"
    assert engine.worker_pids == [pid]


@pytest.mark.skipif(sys.platform != "linux", reason="/proc/self/statm")
def test_a_worker_whose_memory_a_job_has_eaten_up_goes_on_with_the_others(engine):
    other = engine.submit(CountJob(), owner="b")
    wait_until(lambda: engine.view(other).snapshot)
    (pid,) = engine.worker_pids
    view = ended(engine, GreedyJob())
    assert (view.status, view.message) == ("failed", NO_MEMORY)
    step = engine.view(other).snapshot.step
    wait_until(lambda: engine.view(other).snapshot.step > step)
    assert ended(engine, CountJob(num_steps=1)).status == "finished"
    assert engine.worker_pids == [pid]


def test_a_worker_that_the_engine_kills_is_not_said_to_have_run_out_of_memory(engine):
    assert ended(engine, MuteJob()).message == "The process that ran this was killed; start it again."


def test_what_torch_says_of_memory_is_understood():
    with pytest.raises(RuntimeError) as caught:
        torch.empty(2**50, dtype=torch.uint8)
    assert is_out_of_memory(caught.value)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be told whom to kill first")
def test_linux_kills_a_worker_before_the_server(engine):
    def score(pid):
        return int(Path(f"/proc/{pid}/oom_score_adj").read_text())

    wait_until(lambda: engine._crew.workers[0].is_ready)
    assert score(engine.worker_pids[0]) == 500 > score("self")


def test_a_job_ends_at_its_limit_of_computing_and_keeps_what_it_has(make_engine):
    engine = make_engine(max_seconds=0.3)
    view = ended(engine, CountJob())
    assert view.status == "stopped"
    assert view.message.startswith("This run has had the 0 s of computing that this server gives one")
    assert view.snapshot.step > 0
    assert ended(engine, CountJob(num_steps=5)).status == "finished"  # whose own time is below the limit


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full")
def test_a_full_disk_ends_no_job_and_no_worker():
    done = subprocess.run(
        [sys.executable, str(SCRIPT)], capture_output=True, text=True, timeout=120, env=worker_environment(())
    )
    assert done.stdout.splitlines() == ["FailingJob failed 1", "TrainJob finished 1"]
    assert done.returncode == 0
