"""The canvas on which a schedule is drawn: points are clicked, dragged or moved by keys."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from playground.catalog.schedules import Points
from playground.charts.schedules.drawing import schedule_drawing_payload
from playground.fields import SPECS
from playground.ui.canvas import canvas_component

_CSS = """
.drawing { position: relative; font: 12px var(--st-font); color: var(--st-text-color); border-radius: 6px; }
.drawing:focus-visible { outline: 2px solid var(--st-primary-color); }
canvas { display: block; width: 100%; touch-action: none; cursor: crosshair; }
.tip { position: absolute; padding: 2px 8px; border-radius: 4px; pointer-events: none; white-space: nowrap;
  background: var(--st-background-color); border: 1px solid var(--st-border-color);
  font-variant-numeric: tabular-nums; }
"""
_HTML = """<div class="drawing" tabindex="0" role="group" aria-label="Drawing of a schedule. Arrow keys move the
selected point, Page Up and Page Down select another, Insert adds one, Delete removes it.">
<canvas role="img"></canvas><div class="tip" hidden></div></div>"""

_draw = canvas_component("schedules/canvas", html=_HTML, css=_CSS)


def draw_schedule(points: Points, *, key: str, on_change: Callable[[Any], None]) -> None:
    """The drawing; on_change gets the points that came from the browser, unchecked."""
    spec = SPECS["schedule_points"]
    data = schedule_drawing_payload(points, most=spec.max_length, least=spec.min_length)
    _draw(data=data, key=key, on_points_change=lambda: on_change(st.session_state[key]["points"]))
