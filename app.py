"""The server: Streamlit's pages, the engine behind them and a health check. Run it with `streamlit run app.py`."""

import asyncio
import gc
import importlib
import pkgutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from playground import ui
from playground.engine import UnknownJob, current_engine, start_engine, stop_engine
from playground.ui.owner import KnowVisitors
from playground.ui.router import DEFAULT_PATH, SCRIPT
from playground.ui.uploads import RefuseUploads

HEALTH_SECONDS = 2.0


def _load_what_pages_use() -> None:
    """Import `playground.ui` whole, and with it the charts, so that the first visitor does not wait for them."""
    for module in pkgutil.iter_modules(ui.__path__, f"{ui.__name__}."):
        importlib.import_module(module.name)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Start the engine before the first visitor and stop its workers after the last."""
    start_engine()
    _load_what_pages_use()
    # What is loaded by now stays for good: frozen, it costs later collections nothing.
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        await asyncio.to_thread(stop_engine, for_good=True)


def _engine_answers() -> bool:
    try:
        current_engine().view("")
    except UnknownJob:
        return True
    return False


async def health(_request: Request) -> Response:
    """200 when the engine answers, else 503."""
    try:
        answers = await asyncio.wait_for(asyncio.to_thread(_engine_answers), HEALTH_SECONDS)
    except Exception as error:  # whatever went wrong, the answer is no
        return PlainTextResponse(f"engine: {type(error).__name__}", status_code=503)
    return PlainTextResponse("ok" if answers else "engine: no answer", status_code=200 if answers else 503)


async def to_default_page(request: Request) -> Response:
    """Streamlit serves the default page at / alone; its name works too, the rest of the link kept."""
    return RedirectResponse(f"./?{request.url.query}" if request.url.query else "./")


app = st.App(
    SCRIPT,
    lifespan=lifespan,
    routes=[Route("/healthz", health), Route(DEFAULT_PATH, to_default_page)],
    middleware=[Middleware(KnowVisitors), Middleware(RefuseUploads)],
)
