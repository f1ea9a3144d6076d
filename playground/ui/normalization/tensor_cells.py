"""A tensor on the page, on a canvas that tells which cell was clicked."""

from collections.abc import Callable

from playground.ui.canvas import canvas_component

_CSS = """
.tensor { position: relative; font: 12px var(--st-font); color: var(--st-text-color); }
canvas { display: block; width: 100%; cursor: pointer; }
.tip { position: absolute; padding: 2px 8px; border-radius: 4px; pointer-events: none; white-space: nowrap;
  background: var(--st-background-color); border: 1px solid var(--st-border-color); }
.tip[hidden] { display: none; }
"""
_HTML = '<div class="tensor"><canvas role="img"></canvas><div class="tip" hidden></div></div>'

_show = canvas_component("normalization/tensor_cells", html=_HTML, css=_CSS)


def show_tensor(payload: bytes, *, key: str, on_cell_change: Callable[[], None]) -> None:
    """Draw a payload of `playground.charts.normalization.normalized_tensor`; the same key updates one canvas in place.

    Args:
        on_cell_change: called when a person has clicked; {"cell", "panel"} is `cell` of the key's state.
    """
    _show(data=payload, key=key, on_cell_change=on_cell_change)
