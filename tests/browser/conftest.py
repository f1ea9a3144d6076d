"""A real server and a real Chromium. Tests use `page`, whose links start at the session's server: `page.goto("/")`."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)
START_SECONDS = 60
STOP_SECONDS = 10
WAIT_MILLISECONDS = 20_000  # for one element; a busy machine with two cores is slow


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


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
def running_server(root: Path, folder: Path) -> Iterator[str]:
    """Address of a server of its own, started from another folder on purpose and stopped as `docker stop` would."""
    port = free_port()
    log = folder / "server.log"
    options = ["--server.address", "127.0.0.1", "--server.port", str(port)]
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(root / "app.py"), *options],
            cwd=folder,
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


@pytest.fixture(scope="session")
def browser_path() -> str:
    """Path of the system's Chromium; without one, tests are skipped, but on CI they fail."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        reason = f"none of {', '.join(BROWSERS)} is on the PATH"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict, browser_path: str) -> dict:
    return {**browser_type_launch_args, "executable_path": browser_path, "args": list(SWITCHES)}


@pytest.fixture(scope="session")
def base_url(browser_path: str, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the server that all tests of the session share."""
    with running_server(root, tmp_path_factory.mktemp("server")) as url:
        yield url


@pytest.fixture
def fresh_server(browser_path: str, root: Path, tmp_path: Path) -> Iterator[str]:
    """Address of a server that nobody has visited yet."""
    with running_server(root, tmp_path) as url:
        yield url


@pytest.fixture(scope="session")
def warm_context(browser: Browser, base_url: str) -> Iterator[BrowserContext]:
    """One browser context for all tests: Streamlit's scripts are loaded once."""
    context = browser.new_context(base_url=base_url)
    yield context
    context.close()


@pytest.fixture
def page(warm_context: BrowserContext) -> Iterator[Page]:
    page = warm_context.new_page()
    page.set_default_timeout(WAIT_MILLISECONDS)
    expect.set_options(timeout=WAIT_MILLISECONDS)
    yield page
    page.close()


@pytest.fixture
def assert_no_error(page) -> Callable[[], None]:
    """Checks that the page shows no traceback, no error box and no dialog such as "Page not found"."""

    def check() -> None:
        for box in ("stException", "stAlertContentError", "stDialog"):
            shown = page.get_by_test_id(box)
            assert shown.count() == 0, f"{box}: {shown.first.inner_text()}"

    return check
