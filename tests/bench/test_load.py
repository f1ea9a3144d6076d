"""The measurement of a class: what it makes of what the visitors saw, and that it tells a server that is not well."""

import os

import pytest

from playground.bench import load, server
from playground.bench.server import Server, is_alive, running

SEEN = {
    "frames_per_second": {"min": 2.0},
    "latency": {"p95": 100.0},
    "server_cpu": {"per_frame": 5.0},
    "steps": {"min_share": 0.9, "max_share": 1.1},
    "first_step": {"median": 400.0},
    "client_cpu": 0.03,
    "errors": [],
}
USUAL = {
    **SEEN,
    "frames_per_second": {"min": 0.5},
    "latency": {"p95": None},  # not one frame came
    "server_cpu": {"per_frame": 50.0},
}


@pytest.fixture
def no_servers(monkeypatch, tmp_path):
    """Measurements without servers and visitors; the log is this file."""
    log = tmp_path / "server.log"
    log.write_text("all is well\n")

    class Running:
        def __init__(self, script, *options):
            self.server = Server("http://nowhere/", 2**30, log)
            self.script = script

        def __enter__(self):
            return self.server

        def __exit__(self, *error):
            return False

    seen = iter([USUAL, SEEN, SEEN])
    monkeypatch.setattr(load, "running", Running)
    monkeypatch.setattr(load, "play", lambda *arguments: next(seen))
    monkeypatch.setattr(load, "resident_megabytes", lambda pid: 200.0)
    return log


def test_a_class_is_compared_with_the_usual_app(no_servers):
    figures = {figure.name: figure for figure in load.measure_class()}
    assert figures["class_frames_slowest"].ratio == 4
    assert figures["class_latency_p95"].value == 100 and figures["class_latency_p95"].ratio is None
    assert figures["class_frame_cpu"].ratio == 0.1
    assert [figures[f"class_steps_{which}"].value for which in ("slowest", "fastest")] == [0.9, 1.1]
    assert figures["class_errors"].value == figures["class_workers_lost"].value == 0


def test_a_traceback_in_the_log_is_an_error(no_servers):
    no_servers.write_text("fine\nTraceback (most recent call last):\n")
    figures = {figure.name: figure for figure in load.measure_class()}
    assert figures["class_errors"].value == 1


def test_one_frame_is_compared_with_the_usual_one(no_servers):
    figures = {figure.name: figure for figure in load.measure_frame()}
    assert figures["frame_cpu_learning"].ratio == figures["frame_cpu_layers"].ratio == 0.1
    assert figures["click_to_first_step"].value == 0.4


def test_without_the_visitors_it_says_so(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(load, "DEFAULTS", tmp_path / "defaults.py")
    assert list(load.measure_frame()) == list(load.measure_class()) == []
    assert "left out" in capsys.readouterr().err


def test_visitors_that_fail_say_why():
    with pytest.raises(RuntimeError, match=r"could not be played.*(refused|Connect)"):
        load.play(Server(f"http://127.0.0.1:{server.free_port()}/", 1, None), 1, 0.1)


def test_memory_is_waited_for(monkeypatch):
    sizes = iter([300.0, 250.0, 210.0])
    monkeypatch.setattr(load, "resident_megabytes", lambda pid: next(sizes))
    monkeypatch.setattr(load.time, "sleep", lambda seconds: None)
    assert load.memory_afterwards(Server("", 1, None), 200.0) == 210.0


def test_a_server_that_does_not_start_says_why(tmp_path):
    with pytest.raises(RuntimeError, match=r"did not start[\s\S]*does not exist"), running(tmp_path / "nothing.py"):
        pass


def test_a_process_that_is_gone_is_not_alive():
    assert is_alive(os.getpid()) and not is_alive(2**30)
