"""The decision map on the page: a canvas that stays the same element while its data changes."""

from playground.charts.decision_map import decision_map_payload
from playground.jobs.training.snapshot import DecisionMap
from playground.ui.canvas import canvas_component

# As high as the screen below what stands above the map, so that all of it is seen at once.
_CSS = """
.map { position: relative; max-width: clamp(280px, 100vh - 430px, 560px); margin: 0 auto;
  font: 12px var(--st-font); color: var(--st-text-color); }
canvas { display: block; width: 100%; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 14px; min-height: 20px; padding: 0 0 6px 34px; }
.legend span { display: inline-flex; align-items: center; gap: 3px; white-space: nowrap; }
.legend canvas { width: 16px; height: 16px; }
.legend i { width: 64px; height: 10px; margin: 0 3px; border-radius: 2px; outline: 1px solid var(--st-border-color); }
.plot { position: relative; }
.tip { position: absolute; padding: 2px 8px; border-radius: 4px; pointer-events: none; white-space: nowrap;
  background: var(--st-background-color); border: 1px solid var(--st-border-color);
  font-variant-numeric: tabular-nums; }
"""
_HTML = """<div class="map"><div class="legend"></div>
<div class="plot"><canvas role="img"></canvas><div class="tip" hidden></div></div></div>"""

_show = canvas_component("decision_map", html=_HTML, css=_CSS, behind=("canvas", "shapes"))


def show_decision_map(decision_map: DecisionMap, *, key: str) -> None:
    """Draw the map; calls with the same key update one canvas in place."""
    _show(data=decision_map_payload(decision_map), key=key)
