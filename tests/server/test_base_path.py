"""A server whose app lies under a path, as beside other apps of a school."""

import pytest

from playground.ui.router import DEFAULT_PATH, ENTRIES
from tests.aids.serving import running_server
from tests.server.conftest import ONE_WORKER
from tests.server.test_security import ask

BASE = "/class/nn"


@pytest.fixture(scope="module")
def based() -> str:
    """Its address without the path."""
    with running_server(f"--server.baseUrlPath={BASE}/", environment=ONE_WORKER) as url:
        yield url


@pytest.mark.parametrize("path", ["/healthz", "/metrics"])
def test_who_watches_gets_the_engines_answer_under_the_path_and_at_the_root(based, path):
    (status, headers, text), at_root = ask(f"{based}{BASE}{path}"), ask(f"{based}{path}")
    assert status == 200 and text == "ok" if path == "/healthz" else text.startswith("# HELP playground_sessions")
    assert at_root[0] == 200 and at_root[1]["Content-Type"] == headers["Content-Type"] != "text/html; charset=utf-8"


def test_pages_lie_under_the_path_alone(based):
    for entry in ENTRIES[1:]:
        assert "BACKEND_BASE_URL" in ask(f"{based}{BASE}{entry.path}")[2]
    assert "BACKEND_BASE_URL" in ask(f"{based}{BASE}/")[2]
    status, headers, _ = ask(f"{based}{BASE}{DEFAULT_PATH}?c=abc")
    assert (status, headers["Location"]) == (307, "./?c=abc")
    assert ask(f"{based}/")[0] == ask(f"{based}/search")[0] == 404
