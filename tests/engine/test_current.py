import subprocess
import sys

import pytest
from waiting import is_alive

import playground.engine
from playground.engine import current, current_engine, start_engine, stop_engine
from playground.engine.workers.process import worker_environment


@pytest.fixture(autouse=True)
def no_preload(monkeypatch):
    monkeypatch.setattr(current, "PRELOAD", ())
    monkeypatch.setenv("PLAYGROUND_WORKERS", "1")
    yield
    stop_engine()


def test_there_is_one_engine_until_it_is_stopped():
    engine = start_engine()
    assert start_engine() is current_engine() is engine
    (pid,) = engine.worker_pids
    stop_engine()
    stop_engine()
    assert not is_alive(pid)
    assert current_engine() is not engine


def test_an_engine_stopped_for_good_is_not_started_again():
    engine = start_engine()
    (pid,) = engine.worker_pids
    stop_engine(for_good=True)
    assert not is_alive(pid)
    assert current_engine() is start_engine() is engine
    assert engine.worker_pids == []


def test_a_bad_setting_starts_nothing(monkeypatch):
    monkeypatch.setenv("PLAYGROUND_WORKERS", "many")
    with pytest.raises(ValueError, match="PLAYGROUND_WORKERS must be a whole number"):
        start_engine()


def test_the_engine_imports_neither_torch_nor_streamlit():
    code = f"import sys, {playground.engine.__name__}; print({{'torch', 'numpy', 'streamlit'}} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=worker_environment(()))
    assert done.stdout.strip() == "set()"
