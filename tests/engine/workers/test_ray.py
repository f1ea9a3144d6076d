"""The engine with actors of a local Ray, started once: that alone takes seconds."""

import importlib.util
import os
import signal
import sys
from pathlib import Path

import pytest
from plain_jobs import AskJob, FailingJob, SquaresJob
from waiting import is_alive, wait_until

from playground.cli.run_job import run_job
from playground.config import Config
from playground.engine import Engine, Limits
from playground.engine.workers.ray_workers import RayWorkers
from playground.jobs.search.job import SearchJob
from playground.train.search.space import parse_space

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="needs requirements-ray.txt"),
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them"),
]


@pytest.fixture(scope="module")
def engine():
    import ray

    engine = Engine(
        Limits(workers=2, jobs_per_session=100), RayWorkers(("wave", "torch"), (str(Path(__file__).parents[1]),))
    )
    engine.start()
    wait_until(lambda: len(engine.worker_pids) == 2)
    yield engine
    pids = engine.worker_pids
    engine.stop()
    assert not ray.is_initialized()
    wait_until(lambda: not any(map(is_alive, pids)))
    engine.stop()


def wait_for(engine, job_id, status):
    wait_until(lambda: engine.view(job_id).status == status)
    return engine.view(job_id)


def test_a_job_runs_on_one_thread_at_low_priority(engine):
    message = wait_for(engine, engine.submit(AskJob(), owner="a"), "finished").message
    assert message.endswith(", threads 1, preloaded True, warm-ups 0")
    assert int(message.split()[1].rstrip(",")) >= min(os.nice(0) + 10, 19)


def test_what_a_job_breaks_with_reaches_the_servers_log(engine, caplog):
    wait_for(engine, engine.submit(FailingJob(), owner="a"), "failed")
    wait_until(lambda: "secret detail" in caplog.text)


def test_a_search_gives_the_same_as_in_one_process(engine):
    space = parse_space("learning_rate:1e-3..1:log,weight_decay:1e-6..1e-2:log")
    job = SearchJob(Config(num_epochs=2, num_samples=60), space, trials=4)
    job_id = engine.submit(job, owner="a")
    assert wait_for(engine, job_id, "finished").snapshot.trials == run_job(job).trials


def test_a_killed_actor_costs_only_what_was_under_way(engine):
    job_id = engine.submit(SquaresJob(num_numbers=60, step_seconds=0.005), owner="a")
    wait_until(lambda: (engine.view(job_id).snapshot or SquaresJob().joined([None])).fraction > 0.3)
    before = engine.view(job_id).snapshot
    killed = engine.worker_pids[0]
    os.kill(killed, signal.SIGKILL)
    view = wait_for(engine, job_id, "finished")
    assert view.snapshot.found == {number: number**2 for number in range(60)}
    assert set(before.squares) <= set(view.snapshot.squares)
    assert killed in {pid for _, _, pid in view.snapshot.squares}
    assert set(engine.worker_pids) < {pid for _, _, pid in view.snapshot.squares}
