"""What the browser loads first, compressed once and kept: Streamlit sends its scripts as they are."""

import asyncio
import gzip
import hashlib
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.file_util import get_static_dir

from playground.ui.serving.base_path import own_path

TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
FOREVER = "public, immutable, max-age=31536000"  # a script's name has a hash of what is in it


class SendCompressed:
    """Sends Streamlit's scripts and styles by gzip to browsers that take it.

    A file is compressed when it is first asked for, once however many ask at that moment; all together take 7 MB.
    """

    def __init__(self, app: ASGIApp):
        self._app = app
        folder = Path(get_static_dir())
        files = (file for file in (folder / "static").rglob("*") if file.suffix in TYPES)
        self._files = {f"/{file.relative_to(folder).as_posix()}": file for file in files}
        self._kept: dict[str, asyncio.Future[bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = own_path(scope) if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") else None
        file = self._files.get(path or "")
        if file is None:
            await self._app(scope, receive, send)
        elif takes_gzip(headers := Headers(scope=scope)) and "range" not in headers:
            body = await self._compressed(path, file)
            response = gzip_response(headers, body, media_type=TYPES[file.suffix], cache_control=FOREVER)
            await response(scope, receive, send)
        else:
            await self._app(scope, receive, _varying(send))

    async def _compressed(self, path: str, file: Path) -> bytes:
        if path not in self._kept:
            self._kept[path] = asyncio.ensure_future(asyncio.to_thread(lambda: compress(file.read_bytes())))
        return await asyncio.shield(self._kept[path])  # one who leaves takes nothing from those who wait


def takes_gzip(headers: Headers) -> bool:
    """Whether the client says so, and not that it would rather have anything else."""
    for offer in headers.get("accept-encoding", "").lower().split(","):
        name, _, weight = offer.partition(";")
        if name.strip() == "gzip":
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def compress(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)  # equal bytes on every server, hence equal tags


def gzip_response(headers: Headers, body: bytes, *, media_type: str, cache_control: str) -> Response:
    """Compressed bytes; a word that nothing has changed for a browser that has them."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}-gzip"'
    shared = {"ETag": tag, "Vary": "Accept-Encoding", "Cache-Control": cache_control}
    known = {one.strip().removeprefix("W/") for one in headers.get("if-none-match", "").split(",")}
    if known & {tag, "*"}:
        return Response(status_code=304, headers=shared)
    return Response(body, media_type=media_type, headers={**shared, "Content-Encoding": "gzip"})


def _varying(send: Send) -> Send:
    async def send_varying(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).add_vary_header("Accept-Encoding")
        await send(message)

    return send_varying
