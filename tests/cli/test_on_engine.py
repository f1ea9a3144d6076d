"""Jobs of the command line on an engine."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from playground.cli.arguments import UsageError
from playground.cli.main import main
from playground.cli.on_engine import last_snapshot
from playground.cli.progress import run_here, run_job
from playground.engine import View
from playground.jobs.job import Snapshot
from playground.jobs.search import SearchJob
from playground.train.search.space import parse_space
from tests.training import tiny

ROOT = Path(__file__).resolve().parents[2]


def test_a_search_gives_the_same_on_an_engine(monkeypatch, capsys):
    monkeypatch.setenv("PLAYGROUND_WORKERS", "2")
    job = SearchJob(tiny(), parse_space("learning_rate:1e-3..1:log,weight_decay:1e-6..1e-2:log"), trials=4)
    snapshot = run_job(job, on_engine=True)
    assert snapshot.trials == run_here(job).trials
    assert (snapshot.status, snapshot.fraction) == ("finished", 1.0)
    assert capsys.readouterr().err == ""


def test_an_unknown_engine_is_bad_input(monkeypatch, capsys):
    monkeypatch.setenv("PLAYGROUND_ENGINE", "rya")
    assert main(["train", "num_epochs=1"]) == 2
    assert capsys.readouterr().err == (
        "PLAYGROUND_ENGINE: unknown engine 'rya'. Did you mean 'ray'? Known: local, ray.\n"
    )


@pytest.mark.parametrize("status", ["finished", "diverged", "refused"])
def test_how_a_job_says_that_it_ended_is_its_result(status):
    snapshot = Snapshot(status, "Why.")
    assert last_snapshot(View(status, "Why.", None, snapshot, 1)) is snapshot


def test_a_divided_job_may_be_refused_though_each_part_has_finished():
    snapshot = Snapshot("refused", "Why.")
    assert last_snapshot(View("finished", "Why.", None, snapshot, 1)) is snapshot


@pytest.mark.parametrize(
    ("status", "error"), [("refused", UsageError), ("failed", RuntimeError), ("lost", RuntimeError)]
)
@pytest.mark.parametrize("snapshot", [None, Snapshot("running")])
def test_what_ended_a_job_from_outside_is_an_error(status, error, snapshot):
    with pytest.raises(error, match=r"^Why\.$"):
        last_snapshot(View(status, "Why.", None, snapshot, 1))


@pytest.mark.skipif(
    sys.platform != "linux", reason="needs a pseudo-terminal, and looks at processes as Linux shows them"
)
def test_workers_alone_load_torch_and_ctrl_c_ends_them_too():
    import pty

    ours, theirs = pty.openpty()
    environment = {**os.environ, "PLAYGROUND_ENGINE": "local", "PLAYGROUND_WORKERS": "1"}
    command = [sys.executable, "-W", "error", "-m", "playground", "train", "num_epochs=10000"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    seen = b""
    while b"left" not in seen:
        seen += os.read(ours, 1000)
    workers = Path(f"/proc/{process.pid}/task")
    pids = [int(pid) for task in workers.iterdir() for pid in (task / "children").read_text().split()]
    assert pids
    assert "libtorch" not in Path(f"/proc/{process.pid}/maps").read_text()
    assert any("libtorch" in Path(f"/proc/{pid}/maps").read_text() for pid in pids)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does, to every process
    assert process.wait(30) == 130
    assert process.stdout.read() == b""
    process.stdout.close()
    while b"Interrupted." not in seen:
        seen += os.read(ours, 1000)
    os.close(ours)
    assert b"Traceback" not in seen
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]
