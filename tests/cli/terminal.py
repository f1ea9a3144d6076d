"""The command line as a process of its own, on a pseudo-terminal."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-W", "error", "-m", "playground"]
needs_terminal = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")


class Terminal:
    """What a process writes to standard error, and Ctrl-C for it and its children."""

    def __init__(self, process: subprocess.Popen, end: int):
        self.process, self.seen, self._end = process, b"", end

    def read_until(self, text: bytes) -> None:
        while text not in self.seen:
            self.seen += os.read(self._end, 1000)

    def press_ctrl_c(self) -> None:
        os.killpg(self.process.pid, signal.SIGINT)


@contextmanager
def on_terminal(*argv: str, environment: Mapping[str, str] | None = None) -> Iterator[Terminal]:
    """`python -m playground` with these words."""
    import pty

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, *argv],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        try:
            yield Terminal(process, ours)
        finally:
            process.kill()
            os.close(ours)
