"""Ctrl-C on the command line."""

import json
import signal
import sys
from pathlib import Path

import pytest

from playground.cli.interruption import noted_interruption
from tests.cli.terminal import needs_terminal, on_terminal

SEARCH = ["search", "space=learning_rate:1e-5..1e-4:log", "trials=4", "cut_above=0"]
LONG = ["num_epochs=10000", "num_samples=2000"]
HERE = ["num_epochs=3000", "num_samples=100", "batch_size=50"]  # too few updates for workers


def test_the_first_ctrl_c_is_noted_and_the_second_interrupts():
    before = signal.getsignal(signal.SIGINT)
    with noted_interruption() as asked:
        assert not asked.is_set()
        signal.raise_signal(signal.SIGINT)
        assert asked.is_set()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    with noted_interruption():
        pass
    assert signal.getsignal(signal.SIGINT) is before


@needs_terminal
def test_a_terminal_sees_progress_and_ctrl_c_ends_it():
    with on_terminal("train", "num_epochs=10000") as terminal:
        terminal.read_until(b"left")
        terminal.press_ctrl_c()
        assert terminal.process.wait(30) == 130
        assert terminal.process.stdout.read() == b""
        terminal.read_until(b"Interrupted.")
        assert b"[" in terminal.seen and b"Traceback" not in terminal.seen


@needs_terminal
@pytest.mark.parametrize("fields", [LONG, HERE], ids=["workers", "here"])
def test_a_search_gives_at_ctrl_c_what_it_has(fields):
    with on_terminal(*SEARCH, *fields, "--json", "-", environment={"PLAYGROUND_WORKERS": "1"}) as terminal:
        terminal.read_until(b"left")
        terminal.press_ctrl_c()
        assert terminal.process.wait(30) == 130
        trials = json.loads(terminal.process.stdout.read())["trials"]
        assert [trial["status"] for trial in trials] == ["stopped"] * 8
        assert all(trial["val_loss"] > 0 for trial in trials)
        terminal.read_until(b"Interrupted.")
        assert b"Traceback" not in terminal.seen


@pytest.mark.skipif(
    sys.platform != "linux", reason="needs a pseudo-terminal, and looks at processes as Linux shows them"
)
def test_workers_alone_load_torch_and_ctrl_c_ends_them_too():
    environment = {"PLAYGROUND_ENGINE": "local", "PLAYGROUND_WORKERS": "1"}
    with on_terminal("train", "num_epochs=10000", environment=environment) as terminal:
        terminal.read_until(b"left")
        process = Path(f"/proc/{terminal.process.pid}")
        pids = [int(pid) for task in (process / "task").iterdir() for pid in (task / "children").read_text().split()]
        assert pids
        assert "libtorch" not in (process / "maps").read_text()
        assert any("libtorch" in Path(f"/proc/{pid}/maps").read_text() for pid in pids)
        terminal.press_ctrl_c()  # to every process
        assert terminal.process.wait(30) == 130
        assert terminal.process.stdout.read() == b""
        terminal.read_until(b"Interrupted.")
        assert b"Traceback" not in terminal.seen
        assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]
