"""Whether a running server says that it is well, which a container asks it and restarts it by."""

import os
import signal
import sys
import time
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from playground.bench.load import APP
from playground.bench.server import running
from playground.settings import variable

WELL, NOBODY = (200, "ok"), (503, "No worker is up, of 1.")
PATIENCE = 60.0  # seconds


def health(url: str) -> tuple[int, str]:
    try:
        with urlopen(f"{url}healthz", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def wait_for(url: str, wanted: tuple[int, str]) -> None:
    deadline = time.monotonic() + PATIENCE
    while (said := health(url)) != wanted:
        assert said in (WELL, NOBODY) and time.monotonic() < deadline, f"waited for {wanted}, but it says {said}"
        time.sleep(0.02)


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")
def test_a_server_is_unwell_while_it_has_no_worker_and_well_again_with_the_next(monkeypatch):
    monkeypatch.setenv(variable("workers"), "1")
    with running(APP) as server:
        wait_for(server.url, WELL)
        (worker,) = server.children
        os.kill(worker, signal.SIGKILL)
        wait_for(server.url, NOBODY)
        wait_for(server.url, WELL)
        assert server.children and worker not in server.children
