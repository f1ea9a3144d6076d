"""Scripts, compressed: what goes out to whom, and how often the work is done."""

import asyncio
import gzip
from pathlib import Path

import pytest
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from streamlit.file_util import get_static_dir

from playground.ui.serving import compressed
from playground.ui.serving.compressed import SendCompressed, takes_gzip

FOLDER = Path(get_static_dir())
FILE = max((FOLDER / "static" / "js").glob("index.*.js"), key=lambda path: path.stat().st_size)
PATH = f"/{FILE.relative_to(FOLDER).as_posix()}"
AS_IT_IS = "as Streamlit sends it"


def asked(middleware, path=PATH, *, method="GET", root_path="", **headers):
    """Status, headers and body of an answer."""
    sent = []

    async def send(message):
        sent.append(message)

    names = {name.replace("_", "-"): value for name, value in headers.items()}
    scope = {"type": "http", "method": method, "path": path, "root_path": root_path, "headers": Headers(names).raw}
    asyncio.run(middleware(scope, None, send))
    return (
        sent[0]["status"],
        Headers(raw=sent[0]["headers"]),
        b"".join(message.get("body", b"") for message in sent[1:]),
    )


@pytest.fixture
def middleware():
    return SendCompressed(PlainTextResponse(AS_IT_IS))


def test_a_script_comes_compressed_and_is_the_same_script(middleware):
    status, headers, body = asked(middleware, accept_encoding="br, gzip, deflate")
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert gzip.decompress(body) == FILE.read_bytes() and len(body) < FILE.stat().st_size / 3
    assert int(headers["content-length"]) == len(body) and headers["content-type"].startswith("text/javascript")
    assert headers["vary"] == "Accept-Encoding" and "immutable" in headers["cache-control"]


def test_who_has_it_already_is_told_so(middleware):
    tag = asked(middleware, accept_encoding="gzip")[1]["etag"]
    status, headers, body = asked(middleware, accept_encoding="gzip", if_none_match=f'"old", W/{tag}')
    assert (status, body, headers["etag"], headers["vary"]) == (304, b"", tag, "Accept-Encoding")
    assert asked(middleware, accept_encoding="gzip", if_none_match='"old"')[0] == 200


@pytest.mark.parametrize(
    "headers", [{}, {"accept_encoding": "identity"}, {"accept_encoding": "gzip", "range": "bytes=0-9"}]
)
def test_who_takes_no_gzip_or_a_piece_gets_it_as_it_is_and_caches_know_the_difference(middleware, headers):
    _, answered, body = asked(middleware, **headers)
    assert body.decode() == AS_IT_IS and "content-encoding" not in answered
    assert answered["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "path",
    ["/", "/search", "/healthz", f"/search{PATH}", "/static/js/../index.html", "/static/js/none.js", "/media/a.js"],
)
def test_anything_else_is_passed_on_untouched(middleware, path):
    _, headers, body = asked(middleware, path, accept_encoding="gzip")
    assert body.decode() == AS_IT_IS and "vary" not in headers


def test_a_script_below_the_apps_own_path_is_found(middleware, monkeypatch):
    monkeypatch.setattr("playground.ui.serving.base_path.st.get_option", {"server.baseUrlPath": "/class/nn/"}.get)
    assert "content-encoding" in asked(middleware, f"/class/nn{PATH}", accept_encoding="gzip")[1]
    assert "content-encoding" in asked(middleware, f"/m/class/nn{PATH}", root_path="/m", accept_encoding="gzip")[1]
    assert "content-encoding" not in asked(middleware, PATH, accept_encoding="gzip")[1]


def test_thirty_who_come_together_cost_the_work_of_one_and_none_of_them_can_undo_it(middleware, monkeypatch):
    done = []
    monkeypatch.setattr(compressed, "compress", lambda body: done.append(len(body)) or b"small")

    async def class_comes():
        async def come():
            sent = []

            async def send(message):
                sent.append(message)

            headers = Headers({"accept-encoding": "gzip"}).raw
            await middleware({"type": "http", "method": "GET", "path": PATH, "headers": headers}, None, send)
            return sent[1]["body"]

        visits = [asyncio.create_task(come()) for _ in range(30)]
        await asyncio.sleep(0)
        visits[0].cancel()
        return await asyncio.gather(*visits, return_exceptions=True)

    left, *others = asyncio.run(class_comes())
    assert isinstance(left, asyncio.CancelledError) and others == [b"small"] * 29
    assert done == [FILE.stat().st_size]


@pytest.mark.parametrize(
    ("offer", "takes"),
    [
        ("gzip", True),
        ("GZIP;q=0.5, br", True),
        ("deflate, gzip", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip; q=0.0", False),
        ("x-gzip", False),
    ],
)
def test_what_a_client_says_about_gzip(offer, takes):
    assert takes_gzip(Headers({"accept-encoding": offer})) is takes
