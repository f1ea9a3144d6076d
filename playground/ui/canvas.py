"""Canvases of our own: components whose script stands beside them and whose data is one bytes message."""

from collections.abc import Sequence

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from playground.ui.serving.scripts import read, smaller


def canvas_component(name: str, *, html: str, css: str, behind: Sequence[str] = ("canvas",)) -> ComponentRenderer:
    """The component that runs `<name>.js` behind others; call it with `data` and a `key`.

    Args:
        name, behind: scripts by their path below `playground/ui/`.
    """
    scripts = [smaller(read(f"{part}.js")) for part in (*behind, name)]
    return st.components.v2.component(f"playground_{name.replace('/', '_')}", html=html, css=css, js="\n".join(scripts))
