"""Small pictures on the page, on a canvas that stays the same element while its data changes."""

from playground.ui.canvas import canvas_component

_CSS = """
.grid { position: relative; font: 12px var(--st-font); color: var(--st-text-color); }
canvas { display: block; width: 100%; }
.tip { position: absolute; padding: 2px 8px; border-radius: 4px; pointer-events: none; white-space: nowrap;
  background: var(--st-background-color); border: 1px solid var(--st-border-color); }
"""
_HTML = '<div class="grid"><canvas role="img"></canvas><div class="tip" hidden></div></div>'

_show = canvas_component("picture_grid", html=_HTML, css=_CSS)


def show_pictures(payload: bytes, *, key: str) -> None:
    """Draw the pictures of a payload of `playground.charts.pictures`; the same key updates one canvas in place."""
    _show(data=payload, key=key)
