"""What a running server gives to whom."""

import re
from contextlib import closing
from email.message import Message
from http.client import HTTPConnection

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import InvalidStatus

from playground.link import PARAMETER
from playground.ui.visit.owner import COOKIE
from tests.aids.visitor import visiting
from tests.test_link import link_of

HOSTILE = "<img src=x onerror=alert(1)>![](//example.org/x)[a](//example.org) :red[b] $x$ `c` **d** https://example.org"
MARKS = re.compile(r"(?<!\\)[<>\[\]()!`*$:_#]")  # what Markdown would understand, not escaped


def ask(url: str, method: str = "GET", data: bytes | None = None, **headers: str) -> tuple[int, Message, str]:
    """Status, headers and body of an answer."""
    _, _, host, path = url.split("/", 3)
    with closing(HTTPConnection(host, timeout=10)) as connection:
        connection.request(method, f"/{path}", data, headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()


def cookie_of(answer: tuple[int, Message, str]) -> str:
    """The visitor's cookie that an answer sets; "" for none."""
    cookies = [cookie for cookie in answer[1].get_all("Set-Cookie", []) if cookie.startswith(f"{COOKIE}=")]
    return cookies[0] if cookies else ""


def new_cookies(server: str) -> dict[str, str]:
    """What a browser keeps that has opened the page."""
    name, _, value = cookie_of(ask(f"{server}/", Accept="text/html")).partition(";")[0].partition("=")
    return {name: value}


def test_each_browser_gets_a_cookie_of_its_own_that_scripts_cannot_read(server):
    first, second = (cookie_of(ask(f"{server}/", Accept="text/html,*/*")) for _ in range(2))
    assert first.partition(";")[0] != second.partition(";")[0]
    assert re.fullmatch(rf"{COOKIE}=[\w-]{{43}}; Path=/; HttpOnly; SameSite=Lax", first)


def test_a_browser_keeps_its_cookie_and_other_requests_get_none(server):
    page = f"{server}/reference"
    cookie = cookie_of(ask(page, Accept="text/html")).partition(";")[0]
    assert cookie_of(ask(page, Accept="text/html", Cookie=cookie)) == ""
    assert cookie_of(ask(page, Accept="text/html", Cookie=f"{COOKIE}=guess")) != ""
    assert cookie_of(ask(f"{server}/_stcore/health", Accept="*/*")) == ""


def test_another_site_cannot_open_a_connection(server):
    with pytest.raises(InvalidStatus, match="403"), visiting(server, origin="http://example.org"):
        pass


def test_nothing_can_be_uploaded(server):
    with visiting(server) as visitor:
        address = f"{server}/_stcore/upload_file/{visitor.open().session}/1"
        for method in ("PUT", "POST"):
            status, _, text = ask(address, method, b"x" * 1000)
            assert (status, text) == (403, "This server takes no files.")


def test_who_has_the_link_of_a_run_looks_and_its_browser_steers_it_after_a_reload(server):
    cookies = new_cookies(server)
    link = f"{PARAMETER}={link_of(num_epochs=10_000)}"
    with visiting(server, link, cookies=cookies) as owner:
        owner.open().press("train").see("Training")
        assert "run=" in owner.query
        with visiting(server, owner.query, cookies=new_cookies(server)) as looker:
            looker.open().see("Training")
            assert "another browser started" in looker.text
            assert {"pause", "step", "epoch", "stop"}.isdisjoint(looker.keys) and "train" in looker.keys
            looker.press("stop")  # as a client might that does not grey it out
            assert "Training" in looker.open().text
        with visiting(server, owner.query, cookies=cookies) as again:
            again.open().see("Training")
            assert {"pause", "step", "epoch", "stop"} <= again.keys
            again.press("stop").see("Stopped")


def test_a_client_cannot_have_its_session_wiped_which_would_leave_its_runs_behind(server):
    with visiting(server) as visitor:
        visitor.open()
        for _ in range(4):
            visitor.connection.send(BackMsg(clear_cache=True).SerializeToString())
            visitor.open()
        assert "A session may have 4 unfinished runs" not in visitor.text and "Ready" in visitor.text


def test_a_cut_connection_goes_on_with_its_session(server):
    with visiting(server, f"{PARAMETER}={link_of(num_epochs=10_000)}") as before:
        before.open().press("train").see("Training")
    with visiting(server, before.query, session=before.session) as after:
        after.open()
        assert after.session == before.session
        assert {"pause", "stop"} <= after.keys, "without a cookie, only the session itself may steer"
        after.press("stop").see("Stopped")


def test_text_from_a_link_is_shown_as_it_is_and_loads_nothing(server):
    values = {"dataset": HOSTILE, "learning_rate": HOSTILE, HOSTILE: 1}
    with visiting(server, f"{PARAMETER}={link_of(**values)}") as visitor:
        (notice,) = [line for line in visitor.open().text.split("\n\n") if "onerror" in line][:1]
        assert MARKS.sub("", notice) == notice


def test_an_error_tells_a_visitor_nothing_of_the_program(server):
    with visiting(server) as visitor:
        visitor.open().choose("form", json_value="[")
        assert "This app has encountered an error" in visitor.text
        assert "/playground/" not in visitor.text and "Traceback" not in visitor.text
    with visiting(server) as other:
        assert "Train a network" in other.open().text


@pytest.mark.parametrize("path", ["_stcore/agent/interact", "_stcore/agent/mcp"])
def test_no_program_drives_the_pages(server, path):
    status, _, text = ask(f"{server}/{path}", "POST", b"{}", **{"Content-Type": "application/json"})
    assert status in (400, 403, 404) and "does not serve the agent API" in text
