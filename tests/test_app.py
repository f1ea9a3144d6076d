"""The server: what the health check and the figures answer, and where the default page leads."""

import asyncio
import gc
import inspect
import time
import weakref
from dataclasses import replace
from types import SimpleNamespace

import pytest
from starlette.requests import Request
from streamlit.runtime import Runtime
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager
from streamlit.web.server.app_discovery import discover_asgi_app

import app
from playground.engine.state import EngineState
from playground.metrics import CONTENT_TYPE

WELL = EngineState(
    jobs={"running": 2}, silences=(0.1,), memory=(10**8,), num_wanted=1, num_lost=0, is_looked_after=True
)


class Engine:
    """Answers as told, after some seconds."""

    def __init__(self, answer: EngineState | Exception, seconds: float = 0.0):
        self.answer = answer
        self.seconds = seconds

    def state(self) -> EngineState:
        time.sleep(self.seconds)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def asked(path: str, query: str = "") -> Request:
    return Request({"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": []})


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (WELL, 200, "ok"),
        (replace(WELL, silences=()), 503, "No worker is up, of 1."),
        (replace(WELL, silences=(30.0,)), 503, "No worker has said a word for 30 s."),
        (RuntimeError("secret"), 503, "The engine has failed: RuntimeError."),
    ],
)
def test_health_is_what_the_engine_answers(monkeypatch, answer, status, words):
    monkeypatch.setattr(app, "current_engine", lambda: Engine(answer))
    response = asyncio.run(app.health(asked("/healthz")))
    assert (response.status_code, response.body.decode()) == (status, words)


@pytest.mark.parametrize("route", [app.health, app.metrics])
def test_a_silent_engine_is_not_healthy(monkeypatch, route):
    monkeypatch.setattr(app, "HEALTH_SECONDS", 0.05)
    monkeypatch.setattr(app, "current_engine", lambda: Engine(WELL, seconds=0.3))
    assert asyncio.run(route(asked("/"))).status_code == 503


def test_figures_are_those_of_the_engine(monkeypatch):
    monkeypatch.setattr(app, "current_engine", lambda: Engine(WELL))
    response = asyncio.run(app.metrics(asked("/metrics")))
    assert response.status_code == 200 and response.headers["content-type"] == CONTENT_TYPE
    assert b'playground_jobs{status="running"} 2.0' in response.body and b"playground_sessions 0.0" in response.body


class Ring:
    """Refers to itself, so that only a collection frees it."""

    def __init__(self):
        self.itself = self


@pytest.mark.parametrize("trim", ["malloc_trim", "of another C library"])
def test_tidying_frees_what_sessions_leave_and_gives_it_back_where_the_system_can(monkeypatch, trim):
    given_back = []
    monkeypatch.setattr(app, "TIDY_SECONDS", 0.01)
    monkeypatch.setattr(app.ctypes, "CDLL", lambda _: SimpleNamespace(**{trim: given_back.append}))
    monkeypatch.setattr(app.sys, "platform", "linux")
    left = weakref.ref(Ring())

    async def tidy_twice():
        tidying = asyncio.create_task(app._tidy())
        async with asyncio.timeout(10):
            while left() is not None or (trim == "malloc_trim" and len(given_back) < 2):
                await asyncio.sleep(0.01)
        tidying.cancel()

    gc.disable()
    try:
        asyncio.run(tidy_twice())
    finally:
        gc.enable()
    assert set(given_back) == ({0} if trim == "malloc_trim" else set())


def test_a_session_whose_time_is_up_is_let_go_before_the_next_visitor_leaves(monkeypatch):
    storage = MemorySessionStorage(ttl_seconds=0.01)
    manager = WebsocketSessionManager(storage, None, None, None)
    assert "self._session_mgr = " in inspect.getsource(Runtime.__init__)
    monkeypatch.setattr(app.st.runtime, "exists", lambda: True)
    monkeypatch.setattr(app.st.runtime, "get_instance", lambda: SimpleNamespace(_session_mgr=manager))
    session = Ring()
    session.id = "left"
    storage.save(SimpleNamespace(session=session))
    left = weakref.ref(session)
    del session
    time.sleep(0.02)
    gc.collect()
    assert left() is not None
    app._forget_sessions()
    gc.collect()
    assert left() is None


@pytest.mark.parametrize(("query", "target"), [("", "./"), ("c=abc", "./?c=abc")])
def test_the_default_page_keeps_its_link(query, target):
    assert asyncio.run(app.to_default_page(asked("/train", query))).headers["location"] == target


def test_streamlit_run_finds_the_app(root):
    assert discover_asgi_app(root / "app.py").import_string == "app:app"
