"""Config <-> link: a version and only the fields that differ from the defaults."""

import base64
import json
import zlib
from urllib.parse import parse_qs

from playground.config import Config
from playground.parsing import shown

VERSION = 1
PARAMETER = "c"
WHOLE = "link"  # names a problem that is none of a single field
MAX_CODE = 4_000  # characters of the link
MAX_DECODED = 20_000  # bytes; a link that unpacks to more is hostile


class LinkError(ValueError):
    """A link that cannot be unpacked."""


def encode(config: Config) -> str:
    """The value of `?c=` for a Config; "" for the default one."""
    changes = config.changes()
    if not changes:
        return ""
    text = json.dumps({"version": VERSION, **changes}, separators=(",", ":"))
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def decode(code: str) -> tuple[Config, dict[str, str]]:
    """The Config of a `?c=` value, and a sentence for each field that had to be left out (WHOLE: all of them)."""
    if not code:
        return Config(), {}
    try:
        values = _unpack(code)
    except LinkError as error:
        return Config(), {WHOLE: f"{error} The page opened with the default settings."}
    version = values.pop("version", None)
    config, problems = Config.salvage(values)
    if version != VERSION:
        problems["version"] = f"this app reads links of version {VERSION}, but {shown(version)} came."
    return config, problems


def _unpack(code: str) -> dict[str, object]:
    if len(code) > MAX_CODE:
        raise LinkError(f"A link must be at most {MAX_CODE} characters long, but {len(code)} came.")
    try:
        packed = base64.b64decode((code + "=" * (-len(code) % 4)).encode("ascii"), altchars=b"-_", validate=True)
        text = _inflate(packed)
        values = json.loads(text)
    except LinkError:
        raise
    except (ValueError, zlib.error, RecursionError):  # base64, UTF-8, JSON and its numbers raise kinds of ValueError
        raise LinkError("The link is damaged and cannot be read.") from None
    if not isinstance(values, dict):
        raise LinkError("The link does not hold settings.")
    return values


def _inflate(packed: bytes) -> str:
    inflater = zlib.decompressobj()
    data = inflater.decompress(packed, MAX_DECODED)
    if inflater.unconsumed_tail:
        raise LinkError(f"A link must unpack to at most {MAX_DECODED} bytes, but this one is larger.")
    if not inflater.eof:
        raise zlib.error("cut short")
    return data.decode()


def config_of_url(url: str) -> tuple[Config, dict[str, str]]:
    """The Config of a whole link, or of the bare `?c=` value."""
    query = url.partition("?")[2].partition("#")[0] if "?" in url else f"{PARAMETER}={url}"
    return decode(parse_qs(query).get(PARAMETER, [""])[0])
