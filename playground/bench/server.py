"""A server of an app, started for a measurement or a test and stopped after it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

START_SECONDS, STOP_SECONDS, POLL_SECONDS = 60.0, 10.0, 0.1
HOST = "127.0.0.1"
HEALTH = "_stcore/health"  # which every Streamlit server has; it answers once the app has started


@dataclass(frozen=True)
class Server:
    """A running server.

    Args:
        url: of its first page, with a slash at the end.
        log: where it writes what it has to say.
    """

    url: str
    pid: int
    log: Path

    @property
    def children(self) -> list[int]:
        """Processes that it has started, such as workers (Linux)."""
        found: list[int] = []
        for task in Path(f"/proc/{self.pid}/task").glob("*/children"):
            with suppress(FileNotFoundError):  # of a thread that has just ended
                found += map(int, task.read_text(encoding="ascii").split())
        return found


@contextmanager
def running(
    script: Path,
    *options: str,
    port: int | None = None,
    environment: Mapping[str, str] | None = None,
    health: str = HEALTH,
) -> Iterator[Server]:
    """The server of a script, from an empty folder, so that only settings beside the script count.

    Args:
        port: None: a free one.
        environment: variables besides those of this process.
        health: path that answers once the server is up.

    Raises:
        RuntimeError: if it does not start, with its own last words, or does not stop when it is told to.
    """
    with TemporaryDirectory() as folder:
        log = Path(folder) / "server.log"
        port = port or free_port()
        command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless", "true"]
        command += ["--server.address", HOST, "--server.port", str(port), *options]
        with log.open("w", encoding="utf-8") as output:
            process = subprocess.Popen(
                command,
                cwd=folder,
                env={**os.environ, **(environment or {})},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        server = Server(f"http://{HOST}:{port}/", process.pid, log)
        try:
            _wait_until_healthy(f"{server.url}{health}", server, process)
            yield server
        finally:
            _stop(process, log)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def is_alive(pid: int) -> bool:
    """Whether there is such a process, one that only waits for its parent not counted."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _wait_until_healthy(url: str, server: Server, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(POLL_SECONDS)
    raise RuntimeError(f"the server did not start: {_last_words(server.log)}")


def _stop(process: subprocess.Popen, log: Path) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise RuntimeError(f"the server did not stop within {STOP_SECONDS:.0f} s: {_last_words(log)}") from None


def _last_words(log: Path) -> str:
    return log.read_text(encoding="utf-8")[-500:]
