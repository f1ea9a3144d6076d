"""The server: Streamlit's pages, the engine behind them, health and figures. Run it with `streamlit run app.py`."""

import asyncio
import ctypes
import gc
import importlib
import pkgutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from streamlit.runtime.stats import ACTIVE_SESSIONS_FAMILY

from playground import ui
from playground.engine import current_engine, start_engine, stop_engine
from playground.engine.state import EngineState
from playground.metrics import CONTENT_TYPE, metrics_text
from playground.ui.router import DEFAULT_PATH, ENTRIES, SCRIPT
from playground.ui.serving import scripts
from playground.ui.serving.base_path import page_route, watch_routes
from playground.ui.serving.compressed import SendCompressed
from playground.ui.serving.entrance import enter
from playground.ui.serving.messages import IgnoreNeedlessMessages
from playground.ui.serving.undisturbed import let_callbacks_end
from playground.ui.serving.uploads import RefuseUploads
from playground.ui.visit.owner import KnowVisitors

HEALTH_SECONDS = 2.0
TIDY_SECONDS = 60.0
SWITCH_SECONDS = 0.001  # of the interpreter between threads; with the usual 5 ms, drawing holds up sending


def _load_what_pages_use() -> None:
    """Import `playground.ui` whole, and with it the charts, so that the first visitor does not wait for them."""
    for module in pkgutil.iter_modules(ui.__path__, f"{ui.__name__}."):
        importlib.import_module(module.name)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Start the engine before the first visitor and stop its workers after the last."""
    let_callbacks_end()
    start_engine()
    _load_what_pages_use()
    # What is loaded by now stays for good: frozen, it costs later collections nothing.
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(SWITCH_SECONDS)
    tidying = asyncio.create_task(_tidy())
    try:
        yield
    finally:
        tidying.cancel()
        await asyncio.to_thread(stop_engine, for_good=True)


async def _tidy() -> None:
    """Collect what sessions leave behind; no run of a page does it (`.streamlit/config.toml` says why)."""
    give_back = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None  # glibc alone
    while True:
        await asyncio.sleep(TIDY_SECONDS)
        _forget_sessions()
        gc.collect()
        if give_back is not None:
            give_back(0)


def _forget_sessions() -> None:
    """Let go of those whose time is up: Streamlit waits until another visitor leaves, and has no public word for it."""
    if st.runtime.exists():
        st.runtime.get_instance()._session_mgr._session_storage._cache.expire()


async def _engine_state() -> EngineState:
    """How the engine is.

    Raises:
        TimeoutError: when it does not answer.
    """
    return await asyncio.wait_for(asyncio.to_thread(lambda: current_engine().state()), HEALTH_SECONDS)


async def health(_request: Request) -> Response:
    """200 when jobs can go on, else 503 with the reason."""
    try:
        trouble = (await _engine_state()).trouble
    except TimeoutError:
        trouble = f"The engine has not answered for {HEALTH_SECONDS:g} s."
    except Exception as error:  # whatever went wrong, the answer is no
        trouble = f"The engine has failed: {type(error).__name__}."
    return PlainTextResponse(trouble or "ok", status_code=503 if trouble else 200)


async def metrics(_request: Request) -> Response:
    """Figures for whoever watches the server; 503 when the engine does not answer."""
    try:
        return Response(metrics_text(await _engine_state(), _num_sessions()), media_type=CONTENT_TYPE)
    except TimeoutError:
        return PlainTextResponse("The engine does not answer.", status_code=503)


def _num_sessions() -> int:
    """Pages that are open."""
    if not st.runtime.exists():
        return 0
    stats = st.runtime.get_instance().stats_mgr.get_stats([ACTIVE_SESSIONS_FAMILY])
    return sum(stat.value for stat in stats[ACTIVE_SESSIONS_FAMILY])


async def to_default_page(request: Request) -> Response:
    """Streamlit serves the default page at / alone; its name works too, the rest of the link kept."""
    return RedirectResponse(f"./?{request.url.query}" if request.url.query else "./")


PAGES = {"/": enter, **{entry.path: enter for entry in ENTRIES}, DEFAULT_PATH: to_default_page}
app = st.App(
    SCRIPT,
    lifespan=lifespan,
    routes=[
        *watch_routes("/healthz", health),
        *watch_routes("/metrics", metrics),
        page_route(scripts.ROUTE, scripts.serve),
        *(page_route(path, endpoint) for path, endpoint in PAGES.items()),
    ],
    middleware=[
        Middleware(SendCompressed),
        Middleware(KnowVisitors),
        Middleware(RefuseUploads),
        Middleware(IgnoreNeedlessMessages),
    ],
)
