"""Real servers for tests, each in a process and on a port of its own."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from playground.bench.server import free_port

START_SECONDS = 60
STOP_SECONDS = 10


def wait_until_healthy(url: str, process: subprocess.Popen, log: Path) -> None:
    """Return once `/healthz` answers 200; fail with the server's own words otherwise."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the server did not become healthy:\n{log.read_text()}")


@contextmanager
def running_server(
    root: Path,
    folder: Path,
    *,
    port: int | None = None,
    environment: Mapping[str, str] | None = None,
    launcher: tuple[str, ...] = (),
) -> Iterator[str]:
    """Address of a server of its own, started from another folder on purpose and stopped as `docker stop` would.

    Args:
        folder: where it is started and where its log, `server.log`, goes.
        port: None: a free one.
        environment: variables besides those of the tests.
        launcher: command that is given the server's command line to run.
    """
    port = port or free_port()
    log = folder / "server.log"
    options = ["--server.address", "127.0.0.1", "--server.port", str(port)]
    with log.open("w") as output:
        process = subprocess.Popen(
            [*launcher, sys.executable, "-m", "streamlit", "run", str(root / "app.py"), *options],
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}", process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            pytest.fail(f"the server did not stop within {STOP_SECONDS} s of SIGTERM:\n{log.read_text()}")
