"""What a page sends to the server: Streamlit would obey anybody who sends more.

For one of its messages it runs git five times, while everybody waits, and tells which files of the server are new or
changed. Others empty caches, watch files or fill the log.
"""

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

NEEDED = {"rerun_script", "stop_script", "app_heartbeat"}


class IgnoreNeedlessMessages:
    """Passes on what the pages need."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def receive_needed() -> Message:
            while _is_needless(message := await receive()):
                continue
            return message

        await self._app(scope, receive_needed if scope["type"] == "websocket" else receive, send)


def _is_needless(message: Message) -> bool:
    """A well-formed message that no page sends; for text and for noise Streamlit itself ends the connection."""
    data = message.get("bytes")
    if data is None:
        return False
    try:
        return BackMsg.FromString(data).WhichOneof("type") not in NEEDED
    except DecodeError:
        return False
