"""The loss landscape on the page: a canvas that stays the same element while paths and surface come in."""

from playground.charts.landscape.picture import landscape_payload
from playground.jobs.landscape.snapshot import LandscapeSnapshot
from playground.ui.canvas import canvas_component

# As high as the screen, so that all of it is seen at once.
_CSS = """
.landscape { position: relative; max-width: clamp(300px, 100vh - 190px, 640px); margin: 0 auto;
  font: 12px var(--st-font); color: var(--st-text-color); }
canvas { display: block; width: 100%; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 14px; min-height: 42px; padding: 0 0 6px 44px; align-items: center; }
.legend span { display: inline-flex; align-items: center; gap: 4px; white-space: nowrap; }
.legend canvas { height: 16px; }
.legend i { width: 64px; height: 10px; margin: 0 3px; border-radius: 2px; outline: 1px solid var(--st-border-color); }
.plot { position: relative; }
.tip { position: absolute; padding: 2px 8px; border-radius: 4px; pointer-events: none; white-space: nowrap;
  background: var(--st-background-color); border: 1px solid var(--st-border-color);
  font-variant-numeric: tabular-nums; }
"""
_HTML = """<div class="landscape"><div class="legend"></div>
<div class="plot"><canvas role="img"></canvas><div class="tip" hidden></div></div></div>"""

_show = canvas_component("landscape/canvas", html=_HTML, css=_CSS, behind=("canvas", "shapes", "contours"))


def show_landscape(snapshot: LandscapeSnapshot, *, key: str) -> None:
    """Draw what there is of paths and surface; calls with the same key update one canvas in place."""
    _show(data=landscape_payload(snapshot), key=key)
