"""Nothing is uploaded here, and the server's memory is not for strangers' files."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

UPLOADS = "/_stcore/upload_file/"  # open to every session, whether or not a page asks for files


class RefuseUploads:
    """Answers Streamlit's upload address with a sentence."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_upload = scope["type"] == "http" and UPLOADS in scope["path"]
        app = PlainTextResponse("This server takes no files.", status_code=403) if is_upload else self._app
        await app(scope, receive, send)
