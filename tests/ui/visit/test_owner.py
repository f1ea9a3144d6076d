"""Who a visitor is: the cookie that tells browsers apart, and what it lets one do."""

import asyncio
import re

import pytest

from playground.ui.visit import owner
from playground.ui.visit.owner import COOKIE, KnowVisitors, is_of_this_visitor, is_token

TOKEN = "a-Z_0" * 8 + "xyz"


def test_a_token_is_43_letters_that_an_address_may_have():
    assert is_token(TOKEN)


@pytest.mark.parametrize(
    "text", [None, "", TOKEN[1:], TOKEN + "a", TOKEN[1:] + ".", TOKEN[1:] + "é", TOKEN + "\n", TOKEN.encode()], ids=repr
)
def test_anything_else_is_none(text):
    assert not is_token(text)


def test_an_owner_is_of_the_visitor_whose_whole_token_it_begins_with(monkeypatch):
    monkeypatch.setattr(owner, "visitor", lambda: TOKEN)
    monkeypatch.setattr(owner, "_session", lambda: "session")
    assert owner.session_owner() == f"{TOKEN}.session"
    assert is_of_this_visitor(f"{TOKEN}.session") and is_of_this_visitor(f"{TOKEN}.another.session")
    for another in (f"{TOKEN[1:]}b.session", f"{TOKEN[:-1]}.session", f"{TOKEN}x.session", ".session", ""):
        assert not is_of_this_visitor(another)


def cookies_given(accept="text/html,*/*", cookie="", scheme="http", kind="http"):
    """What a server with KnowVisitors says of cookies, to one question."""
    said = []

    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def send(message):
        said.extend(value.decode() for name, value in message.get("headers", ()) if name == b"set-cookie")

    headers = [(b"accept", accept.encode()), (b"cookie", cookie.encode())]
    asyncio.run(KnowVisitors(app)({"type": kind, "scheme": scheme, "headers": headers}, None, send))
    return said


@pytest.mark.parametrize("cookie", ["", f"other={TOKEN}", f"{COOKIE}=guessed"])
def test_a_browser_without_a_token_gets_one_that_scripts_cannot_read(cookie):
    [first], [second] = cookies_given(cookie=cookie), cookies_given(cookie=cookie)
    found = re.fullmatch(rf"{COOKIE}=([^;]+); Path=/; HttpOnly; SameSite=Lax", first)
    assert is_token(found[1]) and first != second


def test_over_https_it_is_sent_over_https_alone():
    [given] = cookies_given(scheme="https")
    assert given.endswith("; Secure")


@pytest.mark.parametrize(
    "asked", [{"cookie": f"{COOKIE}={TOKEN}"}, {"accept": "image/png"}, {"kind": "websocket"}], ids=str
)
def test_a_browser_that_is_known_and_what_is_no_page_get_none(asked):
    assert cookies_given(**asked) == []
