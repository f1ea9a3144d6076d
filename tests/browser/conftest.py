"""A real server and a real Chromium, shared by all tests here, which use `page`: its links start at the server.

Playwright leaves its event loop in the thread while it runs, so it ends with this package.
"""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from playground.bench.server import free_port
from tests.aids.serving import running_server

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
WAIT_MILLISECONDS = 60_000  # for one element; a machine with two cores that does much else is slow
SIZE = {"width": 1280, "height": 720}  # Playwright's own
FORGET = "() => location.protocol.startsWith('http') && sessionStorage.clear()"


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


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser(playwright: Playwright, browser_type_launch_args: dict) -> Iterator[Browser]:
    browser = playwright.chromium.launch(**browser_type_launch_args)
    yield browser
    browser.close()


@pytest.fixture(scope="package")
def server(browser_path: str) -> Iterator[str]:
    """Address of the server that all tests share."""
    with running_server() as url:
        yield url


@pytest.fixture(scope="package")
def fresh_port() -> int:
    """Port of one fresh server after the other: Chromium, which keeps scripts by address, loads them once."""
    return free_port()


@pytest.fixture
def fresh_server(request: pytest.FixtureRequest, browser_path: str, fresh_port: int) -> Iterator[str]:
    """Address of a server that nobody has visited yet; its parameter is the path under which the app lies."""
    base = getattr(request, "param", "")
    options = [f"--server.baseUrlPath={base}"] if base else []
    with running_server(*options, port=fresh_port, environment={"PLAYGROUND_WORKERS": "1"}) as url:
        yield url + base


@pytest.fixture(scope="package")
def warm_context(browser: Browser, server: str) -> Iterator[BrowserContext]:
    """One browser context for all tests: Streamlit's scripts are loaded once."""
    context = browser.new_context(base_url=server)
    yield context
    context.close()


@pytest.fixture(scope="package")
def tabs(warm_context: BrowserContext) -> list[Page]:
    """The one in which tests open their pages, one after the other: a new one compiles Streamlit's scripts again."""
    return [new_tab(warm_context)]


@pytest.fixture
def page(warm_context: BrowserContext, tabs: list[Page]) -> Iterator[Page]:
    """As a tab that nobody has used: the size it comes with, nothing open, nothing kept, the mouse out of the way."""
    if tabs[0].is_closed():
        tabs[0] = new_tab(warm_context)
    page = tabs[0]
    page.set_viewport_size(SIZE)
    page.mouse.move(0, 0)
    yield page
    if not page.is_closed():
        page.evaluate(FORGET)
        page.goto("about:blank")


def new_tab(context: BrowserContext) -> Page:
    expect.set_options(timeout=WAIT_MILLISECONDS)
    page = context.new_page()
    page.set_default_timeout(WAIT_MILLISECONDS)
    return page


@pytest.fixture
def assert_no_error(page) -> Callable[[], None]:
    """Checks that the page shows no traceback, no error box and no dialog such as "Page not found"."""

    def check() -> None:
        for box in ("stException", "stAlertContentError", "stDialog"):
            shown = page.get_by_test_id(box)
            assert shown.count() == 0, f"{box}: {shown.first.inner_text()}"

    return check
