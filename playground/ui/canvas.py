"""Canvases of our own: components whose script stands beside them and whose data is one bytes message."""

import re
from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer


def canvas_component(name: str, *, html: str, css: str, behind: Sequence[str] = ("canvas",)) -> ComponentRenderer:
    """The component that runs `<name>.js` of this folder behind others; call it with `data` and a `key`."""
    scripts = [Path(__file__).with_name(f"{part}.js").read_text(encoding="utf-8") for part in (*behind, name)]
    js = smaller("\n".join(scripts))
    return st.components.v2.component(f"playground_{name}", html=html, css=css, js=js)


def smaller(script: str) -> str:
    """The script without comment lines and indentation: it travels with every message."""
    return re.sub(r"^\s*(//.*)?\n?|^[ \t]+", "", script, flags=re.MULTILINE)
