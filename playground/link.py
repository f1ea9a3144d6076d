"""Config <-> link, and a page's place <-> link: a version and only what differs from the defaults."""

import base64
import json
import re
import zlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from playground.config import Config
from playground.parsing import shown

VERSION = 1
PARAMETER, PLACE = "c", "p"
WHOLE = "link"  # names a problem that is none of a single field
MAX_CODE = 4_000  # characters of the link
MAX_DECODED = 20_000  # bytes; a link that unpacks to more is hostile
NAME = re.compile(r"[a-z0-9_]{1,80}")  # of a control
MAX_TEXT, MAX_ENTRIES = 400, 40  # of a control's value


class LinkError(ValueError):
    """A link that cannot be unpacked."""


def encode(config: Config) -> str:
    """The value of `?c=` for a Config; "" for the default one."""
    changes = config.changes()
    if not changes:
        return ""
    return _pack(changes)


def encode_place(values: Mapping[str, Any]) -> str:
    """The value of `?p=` for what a page's controls hold: name -> text, number, bool or a list of them.

    "" for nothing, and for more than a link can hold.
    """
    code = _pack(values) if values else ""
    return code if len(code) <= MAX_CODE else ""


def decode_place(code: str) -> tuple[dict[str, Any], str]:
    """What the controls of a `?p=` value hold, not yet checked by them; and why it had to be left out, "" otherwise."""
    if not code:
        return {}, ""
    try:
        values = _unpack(code)
    except LinkError as error:
        return {}, f"{error} The controls of this page are at their defaults."
    version = values.pop("version", None)
    if version != VERSION or not all(NAME.fullmatch(name) and _is_plain(value) for name, value in values.items()):
        return {}, "The link is of another version, or damaged. The controls of this page are at their defaults."
    return values, ""


def _is_plain(value: object) -> bool:
    if isinstance(value, list):
        return len(value) <= MAX_ENTRIES and not any(isinstance(one, list) or not _is_plain(one) for one in value)
    return isinstance(value, int | float) or (isinstance(value, str) and len(value) <= MAX_TEXT)


def _pack(values: Mapping[str, Any]) -> str:
    text = json.dumps({"version": VERSION, **values}, separators=(",", ":"))
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
