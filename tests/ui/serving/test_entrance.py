"""The HTML of a page, and what it tells Streamlit's script."""

import asyncio
import gzip
from html.parser import HTMLParser
from pathlib import Path

from starlette.requests import Request
from streamlit.file_util import get_static_dir

from playground.ui.serving.entrance import enter

PLAIN = (Path(get_static_dir()) / "index.html").read_text(encoding="utf-8")


class Scripts(HTMLParser):
    """Sources and texts of scripts, in order."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "script":
            self.found.append(dict(attrs).get("src", ""))

    def handle_data(self, data):
        if self.found and not self.found[-1]:
            self.found[-1] = data


def entered(**headers):
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return asyncio.run(enter(Request({"type": "http", "method": "GET", "path": "/search", "headers": raw})))


def test_the_page_is_streamlits_and_says_where_the_app_lies_before_the_script_asks():
    html = entered().body.decode()
    found, streamlits = Scripts(html).found, Scripts(PLAIN).found
    told = next(text for text in found if "BACKEND_BASE_URL" in text)
    assert [text for text in found if text != told] == streamlits
    assert found.index(told) < found.index(next(text for text in streamlits if text.startswith("./static/js/index.")))


def test_it_comes_compressed_and_is_asked_for_each_time():
    packed = entered(accept_encoding="gzip")
    assert gzip.decompress(packed.body) == entered().body and packed.headers["cache-control"] == "no-cache"
    assert entered(accept_encoding="gzip", if_none_match=packed.headers["etag"]).status_code == 304
