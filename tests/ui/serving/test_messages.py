"""What a page sends passes, and what Streamlit would obey besides does not."""

import asyncio

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from playground.ui.serving.messages import NEEDED, IgnoreNeedlessMessages

CONNECT, GONE = {"type": "websocket.connect"}, {"type": "websocket.disconnect", "code": 1001}
KINDS = [field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields]


def received(data: bytes) -> dict[str, object]:
    return {"type": "websocket.receive", "bytes": data}


def message(kind: str) -> dict[str, object]:
    sent = BackMsg()
    field = BackMsg.DESCRIPTOR.fields_by_name[kind]
    if field.message_type is None:
        setattr(sent, kind, True)
    else:
        getattr(sent, kind).SetInParent()
    return received(sent.SerializeToString())


def passed(messages: list[dict[str, object]], scope: str = "websocket") -> list[dict[str, object]]:
    """Those that the application gets."""
    waiting, seen = iter(messages), []

    async def receive() -> dict[str, object]:
        return next(waiting)

    async def application(_scope, receive, _send) -> None:
        while not seen or seen[-1] != GONE:
            seen.append(await receive())

    asyncio.run(IgnoreNeedlessMessages(application)({"type": scope}, receive, None))
    return seen


@pytest.mark.parametrize("kind", KINDS)
def test_only_what_a_page_sends_passes(kind):
    sent = [CONNECT, message(kind), message("rerun_script"), GONE]
    assert passed(sent) == [each for each in sent if each is not sent[1] or kind in NEEDED]


def test_git_is_among_what_does_not():
    assert {"load_git_info", "clear_cache"} <= set(KINDS) - NEEDED and set(KINDS) > NEEDED


@pytest.mark.parametrize("data", [b"", b"\xfa\x7f\x00"], ids=["nothing", "a field that nobody knows"])
def test_a_message_that_asks_for_nothing_does_not_fill_the_log(data):
    assert passed([CONNECT, received(data), GONE]) == [CONNECT, GONE]


@pytest.mark.parametrize("text", [{"text": "x"}, {"text": "x", "bytes": None}], ids=str)
def test_text_is_left_to_streamlit_which_ends_the_connection(text):
    strange = {"type": "websocket.receive", **text}
    assert passed([CONNECT, strange, GONE]) == [CONNECT, strange, GONE]


def test_so_is_noise():
    noise = received(b"\xff\xff")
    assert passed([CONNECT, noise, GONE]) == [CONNECT, noise, GONE]


def test_requests_are_no_messages():
    sent = [{"type": "http.request", "body": message("load_git_info")["bytes"]}, GONE]
    assert passed(sent, "http") == sent
