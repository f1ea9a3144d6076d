"""Who a visitor is: a browser, known by the cookie that the server gives it, and one session of it."""

import re
import secrets

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.scriptrunner import get_script_run_ctx

COOKIE = "playground_visitor"
TOKEN = re.compile(r"[\w-]{43}", re.ASCII)  # 32 random bytes


def visitor() -> str:
    """Token of this visitor's browser, so that F5 is the same visitor; where it has no cookie, name of the session."""
    token = st.context.cookies.get(COOKIE)
    return token if is_token(token) else _session()


def is_token(text: object) -> bool:
    return isinstance(text, str) and TOKEN.fullmatch(text) is not None


def _session() -> str:
    """What Streamlit calls this session; a client cannot choose it."""
    context = get_script_run_ctx()
    return context.session_id if context else ""


def session_owner() -> str:
    """A name for this session that nobody can guess; limits on jobs go by it. It begins with the visitor."""
    return f"{visitor()}.{_session()}"


def is_of_this_visitor(owner: str) -> bool:
    """Whether a session of this browser goes by that name."""
    return secrets.compare_digest(owner.partition(".")[0], visitor())


class KnowVisitors:
    """Gives each browser that opens a page a token of its own, which scripts in it cannot read."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _opens_a_page(HTTPConnection(scope)):
            await self._app(scope, receive, send)
            return
        secure = "; Secure" if scope["scheme"] == "https" else ""

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                cookie = f"{COOKIE}={secrets.token_urlsafe()}; Path=/; HttpOnly; SameSite=Lax{secure}"
                MutableHeaders(scope=message).append("Set-Cookie", cookie)
            await send(message)

        await self._app(scope, receive, send_with_cookie)


def _opens_a_page(request: HTTPConnection) -> bool:
    """A page, not what it loads, for a browser without a token."""
    return "text/html" in request.headers.get("accept", "") and not is_token(request.cookies.get(COOKIE))
