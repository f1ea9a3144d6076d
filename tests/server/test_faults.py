"""A server that comes to grief while a class is on: its workers die, its disk fills up, it is told to stop.

Then it is started again: each page comes back with its settings, and says that its run is gone.
"""

import os
import signal
import sys
import time
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from playground.bench.load import APP
from playground.bench.server import Server, is_alive, running
from playground.link import PARAMETER
from tests.aids.serving import running_server
from tests.aids.visitor import Visitor, visiting
from tests.server.conftest import ONE_WORKER
from tests.test_link import link_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")

WELL, NOBODY = (200, "ok"), (503, "No worker is up, of 1.")
PATIENCE = 60.0  # seconds
STOP_SECONDS = 5.0


@pytest.fixture(scope="module")
def own() -> Iterator[Server]:
    """A server that may come to grief."""
    with running(APP, environment=ONE_WORKER) as server:
        yield server


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


def test_a_server_is_unwell_while_it_has_no_worker_and_well_again_with_the_next(own):
    wait_for(own.url, WELL)
    (worker,) = own.children
    os.kill(worker, signal.SIGKILL)
    wait_for(own.url, NOBODY)
    wait_for(own.url, WELL)
    assert own.children and worker not in own.children


def test_a_class_goes_on_when_the_disk_is_full_and_only_the_log_is_lost(own):
    import resource

    wait_for(own.url, WELL)
    for pid in (own.pid, *own.children):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, 0))
    size = own.log.stat().st_size
    with visiting(own.url) as hostile:
        hostile.open().choose("form", json_value="[")
        assert "This app has encountered an error" in hostile.text, "which the log would tell"
    with visiting(own.url, f"{PARAMETER}={link_of(num_epochs=2)}") as visitor:
        visitor.open().press("train").see("Finished")
    assert own.log.stat().st_size == size


@pytest.fixture(scope="module")
def visited(own) -> tuple[Visitor, list[int], float]:
    """Who watched a run when the server was told to stop; the workers of then, and the seconds until all had ended."""
    wait_for(own.url, WELL)
    workers = own.children
    with visiting(own.url, f"{PARAMETER}={link_of(num_epochs=10_000, num_samples=555)}") as visitor:
        visitor.open().press("train").see("Training")
        started = time.monotonic()
        os.kill(own.pid, signal.SIGTERM)
        while is_alive(own.pid) or any(map(is_alive, workers)):
            assert time.monotonic() - started < PATIENCE
            time.sleep(0.02)
    return visitor, workers, time.monotonic() - started


def test_a_server_that_is_told_to_stop_ends_with_its_workers_at_once_though_runs_are_watched(visited):
    _, workers, seconds = visited
    assert workers and seconds < STOP_SECONDS


def test_after_another_start_a_page_comes_back_with_its_settings_and_without_its_run(own, visited):
    before, *_ = visited
    port = urlsplit(own.url).port
    with (
        running_server(port=port, environment=ONE_WORKER) as url,
        visiting(url, before.query, session=before.session) as after,
    ):
        assert "run=" in before.query
        assert "This run is no longer kept" in after.open().text.replace("\\", "")
        assert after.value_of("num_samples") == "555"
        after.press("train")
        assert "run=" in after.query and after.query != before.query
        assert "no longer kept" not in after.text
