"""The HTML that every page begins with: Streamlit's, and before its script a word of our own.

Streamlit's script finds out where the app lies by asking: on /search for /search/_stcore/health first. The answer must
be an error (to anything else it takes /search for the whole app), and a browser writes each error into its console; so
it is told.

Vega warns whenever a layer of a chart has no rows, such as the line of a run that has made no step, or a band where no
seeds differ; it does so at each new frame, and Streamlit lets nobody set the level of its log.
"""

from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from streamlit.file_util import get_static_dir

from playground.ui.serving.compressed import compress, gzip_response, takes_gzip

# Pages lie side by side, so the folder of each is the app's, whatever a proxy has put before it.
TOLD = """<script>
      window.__streamlit = { BACKEND_BASE_URL: new URL("./", window.location.href).href };
      {
        const warn = console.warn;
        const ofNoRows = /^(Infinite extent for field|Log scale domain includes zero)/;
        console.warn = (...said) => (said[0] === "WARN" && ofNoRows.test(said[1])) || warn.apply(console, said);
      }
    </script>"""
BEFORE = '<script type="module"'
NO_CACHE = "no-cache"  # ask each time: the names of scripts in it change


@cache
def entrance() -> tuple[bytes, bytes]:
    """The HTML, plain and compressed."""
    html = (Path(get_static_dir()) / "index.html").read_text(encoding="utf-8")
    body = html.replace(BEFORE, f"{TOLD}\n    {BEFORE}", 1).encode()
    return body, compress(body)


async def enter(request: Request) -> Response:
    """The HTML of a page."""
    plain, compressed = entrance()
    if takes_gzip(request.headers):
        return gzip_response(request.headers, compressed, media_type="text/html", cache_control=NO_CACHE)
    headers = {"Vary": "Accept-Encoding", "Cache-Control": NO_CACHE}
    return Response(plain, media_type="text/html", headers=headers)
