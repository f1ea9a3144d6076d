"""The server: what the health check answers, and where the default page leads."""

import asyncio
import time

import pytest
from starlette.requests import Request
from streamlit.web.server.app_discovery import discover_asgi_app

import app
from playground.engine import UnknownJob


class Engine:
    """Answers as told."""

    def __init__(self, error: Exception | None):
        self.error = error

    def view(self, job_id: str) -> None:
        if self.error:
            raise self.error


def asked(path: str, query: str = "") -> Request:
    return Request({"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": []})


@pytest.mark.parametrize(
    ("error", "status"),
    [(UnknownJob("no such job"), 200), (RuntimeError("broken"), 503), (None, 503)],
)
def test_health_is_what_the_engine_answers(monkeypatch, error, status):
    monkeypatch.setattr(app, "current_engine", lambda: Engine(error))
    assert asyncio.run(app.health(asked("/healthz"))).status_code == status


def test_a_silent_engine_is_not_healthy(monkeypatch):
    monkeypatch.setattr(app, "HEALTH_SECONDS", 0.05)
    monkeypatch.setattr(app, "_engine_answers", lambda: time.sleep(0.3))
    assert asyncio.run(app.health(asked("/healthz"))).status_code == 503


@pytest.mark.parametrize(("query", "target"), [("", "./"), ("c=abc", "./?c=abc")])
def test_the_default_page_keeps_its_link(query, target):
    assert asyncio.run(app.to_default_page(asked("/train", query))).headers["location"] == target


def test_streamlit_run_finds_the_app(root):
    assert discover_asgi_app(root / "app.py").import_string == "app:app"
