"""What an engine says of itself."""

import os
import re
import signal
from dataclasses import replace

import pytest
from plain_jobs import CountJob
from waiting import wait_until

from playground.engine import Command
from playground.engine import state as state_module
from playground.engine.state import SILENT_AFTER, EngineState

WELL = EngineState(jobs={"running": 1}, silences=(0.1, 0.2), memory=(), num_wanted=2, num_lost=0, is_looked_after=True)


@pytest.mark.parametrize(
    ("change", "alive", "trouble"),
    [
        ({}, 2, ""),
        ({"silences": (SILENT_AFTER, 0.1)}, 1, ""),
        ({"silences": (SILENT_AFTER, 25.0)}, 0, "No worker has said a word for 10 s."),
        ({"silences": ()}, 0, "No worker is up, of 2."),
        ({"is_looked_after": False}, 2, "The engine has stopped."),
    ],
)
def test_trouble_is_that_no_job_can_go_on(change, alive, trouble):
    state = replace(WELL, **change)
    assert (state.num_alive, state.trouble) == (alive, trouble)


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="memory as Linux tells it")
def test_jobs_are_counted_by_status_and_workers_weighed(make_engine):
    engine = make_engine(max_jobs=2)
    wait_until(lambda: engine.state().silences)
    ids = [engine.submit(CountJob(), owner="a") for _ in range(3)]
    assert engine.state().jobs == {"running": 2, "queued": 1}
    engine.command(ids[0], Command.stop())
    wait_until(lambda: engine.state().jobs == {"stopped": 1, "running": 2})
    state = engine.state()
    (memory,) = state.memory
    assert 5e6 < memory < 4e8 and state.trouble == ""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="signals as Unix knows them")
def test_no_worker_is_trouble_until_the_first_is_up_and_until_a_dead_one_is_replaced(engine):
    assert engine.state().trouble == "No worker is up, of 1."
    wait_until(lambda: not engine.state().trouble)
    os.kill(engine.worker_pids[0], signal.SIGKILL)
    assert wait_until(lambda: engine.state().trouble) == "No worker is up, of 1."
    wait_until(lambda: not engine.state().trouble)
    assert engine.state().num_lost == 1


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="signals as Unix knows them")
def test_workers_that_stand_still_are_trouble_until_one_goes_on(make_engine, monkeypatch):
    monkeypatch.setattr(state_module, "SILENT_AFTER", 1.5)
    engine = make_engine(workers=2)
    wait_until(lambda: engine.state().num_alive == 2)
    first, second = engine.worker_pids
    os.kill(first, signal.SIGSTOP)
    wait_until(lambda: engine.state().num_alive == 1)
    assert engine.state().trouble == ""
    os.kill(second, signal.SIGSTOP)
    assert re.fullmatch(r"No worker has said a word for \d s\.", wait_until(lambda: engine.state().trouble))
    os.kill(second, signal.SIGCONT)
    wait_until(lambda: not engine.state().trouble)


def test_a_stopped_engine_says_so(engine):
    engine.stop()
    assert engine.state().trouble == "The engine has stopped." and engine.state().num_lost == 0
