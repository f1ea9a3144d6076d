"""Paths on a surface: canvases that get all paths at once and play them in the browser."""

from collections.abc import Callable

from playground.ui.canvas import canvas_component

_CSS = """
.paths { font: 13px var(--st-font); color: var(--st-text-color); display: grid; gap: 10px 24px; align-items: start;
  grid-template: "legend legend" "map side" "bar side" 1fr / minmax(0, 11fr) minmax(0, 10fr); }
.map, .curve { position: relative; }
.map { grid-area: map; } .side { grid-area: side; } .bar { grid-area: bar; } .legend { grid-area: legend; }
.map > canvas { display: block; width: 100%; cursor: crosshair; touch-action: none; }
.curve > canvas { display: block; width: 100%; height: 250px; cursor: ew-resize; touch-action: pan-y; }
.legend { display: flex; flex-wrap: wrap; gap: 6px; }
.legend canvas { width: 34px; height: 16px; }
.legend b { min-width: 9ch; text-align: right; font-weight: 400; font-variant-numeric: tabular-nums; opacity: .85; }
button, select { font: inherit; color: inherit; background: var(--st-background-color); cursor: pointer;
  border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius, 8px); padding: 5px 10px; }
.legend button { display: inline-flex; align-items: center; gap: 6px; padding: 3px 9px; }
button[aria-checked=true], button[aria-pressed=true] { border-color: var(--st-primary-color);
  box-shadow: inset 0 0 0 1px var(--st-primary-color); }
:is(button, select, canvas, input):focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; padding-left: 44px; }
.bar .play { min-width: 72px; }
.bar input { flex: 1 1 100px; min-width: 90px; accent-color: var(--st-primary-color); }
.bar output { min-width: 13ch; font-variant-numeric: tabular-nums; }
.mode { display: flex; gap: 6px; padding-bottom: 4px; align-items: center; }
small { font-size: 12px; opacity: .75; } .mode small { margin-left: auto; }
.rule small:not([hidden]) { display: block; padding-top: 8px; }
.rule { padding-top: 10px; }
.rule h4 { margin: 0 0 4px; font: inherit; font-weight: 600; }
.rule dl { margin: 0; display: grid; grid-template-columns: max-content 1fr; gap: 3px 16px; }
.rule dt { font-style: italic; white-space: nowrap; }
.rule dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.tip { position: absolute; padding: 2px 8px; border-radius: 4px; pointer-events: none; white-space: nowrap;
  background: var(--st-background-color); border: 1px solid var(--st-border-color);
  font-variant-numeric: tabular-nums; }
.tip[hidden] { display: none; }
@container (max-width: 620px) { .paths { grid-template: "legend" "map" "bar" "side" / minmax(0, 1fr); }
  .rule dl { grid-template-columns: 1fr; gap: 1px; } .rule dd { padding: 0 0 5px 16px; } }
.frame { container-type: inline-size; }
"""
_HTML = """<div class="frame"><div class="paths">
<div class="legend" role="radiogroup" aria-label="Optimizer whose arrows and rule are shown"></div>
<div class="map"><canvas role="img" tabindex="0"></canvas><div class="tip" hidden></div></div>
<div class="bar"><button type="button" class="play">Play</button>
<input type="range" min="0" max="1" step="1" value="0" aria-label="Step"><output></output>
<select aria-label="Speed"><option>slow</option><option selected>normal</option><option>fast</option></select></div>
<div class="side"><div class="mode"><button type="button" value="values" aria-pressed="true">Value</button>
<button type="button" value="lengths" aria-pressed="false">Step length</button>
<small class="theory" hidden>dotted: theory</small></div>
<div class="curve"><canvas aria-hidden="true"></canvas></div>
<div class="rule"><h4></h4><dl></dl><small>Arrows: downhill is −η g, velocity what is left of earlier gradients, step
what is done; the shortest and longest are drawn 18 and 120 pixels long. A star is a minimum.</small>
<small class="ahead" hidden>The open shape is the point without its look-ahead: x + η ρ v.</small></div></div>
</div></div>"""
_BEHIND = ("canvas", "shapes", "contours", "paths/map", "paths/curve", "paths/rule")

_show = canvas_component("paths/canvas", html=_HTML, css=_CSS, behind=_BEHIND)


def show_paths(payload: bytes, *, key: str, on_start_change: Callable[[], None]) -> None:
    """Draw the paths of a payload of `playground.charts.paths.picture`; the same key updates the canvases in place.

    Args:
        on_start_change: called when a person has put the start elsewhere; the place is `start` of the key's state.
    """
    _show(data=payload, key=key, on_start_change=on_start_change)
