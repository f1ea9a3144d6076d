"""Scripts of our own that a browser fetches once: the address says what is in them, so it may keep them for good."""

import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

FOLDER = Path(__file__).parents[1]
ROUTE = "/script/{name}"  # below the path that the app lies under
A_YEAR = 31_536_000  # seconds, the longest that a browser keeps anything
_SERVED: dict[str, str] = {}


def imported(name: str, parts: Sequence[str], *, style: str = "") -> str:
    """A small script that imports the parts, which are then served as one; for a component, which sends it each time.

    Args:
        parts: `.js` files by their path below `playground/ui/`, the last of which exports what is wanted as default.
        style: a `.css` file in the same way, which the parts find as the text STYLE.
    """
    sheet = json.dumps(read(f"{style}.css")) if style else "''"
    text = "\n".join([f"const STYLE = {sheet};", *(smaller(read(f"{part}.js")) for part in parts)])
    served = f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:16]}.js"
    _SERVED[served] = text
    # Every page lies directly below the app's own path, which is where a relative address starts.
    return f'const address = new URL("./script/{served}", document.baseURI);\n' + (
        "export default async (given) => (await import(address)).default(given);"
    )


def read(file: str) -> str:
    return (FOLDER / file).read_text(encoding="utf-8")


def smaller(script: str) -> str:
    """The script without comment lines and indentation, which would travel with every message of a canvas."""
    return re.sub(r"^\s*(//.*)?\n?|^[ \t]+", "", script, flags=re.MULTILINE)


async def serve(request: Request) -> Response:
    """The script of this name; 404 for one that this version does not have."""
    text = _SERVED.get(request.path_params["name"])
    if text is None:
        return PlainTextResponse("There is no such script. Load the page again.", status_code=404)
    headers = {"Cache-Control": f"public, max-age={A_YEAR}, immutable", "X-Content-Type-Options": "nosniff"}
    return Response(text, media_type="text/javascript", headers=headers)
