"""The one place of colours and sizes: readable on white and on a dark page, told apart without colour too."""

from collections.abc import Sequence

import altair as alt
import numpy as np

from playground.thinning import evenly, extremes

# Every colour below keeps a contrast of 3:1 or more against both pages (WCAG 2.2, 1.4.11).
LIGHT_PAGE = "#ffffff"
DARK_PAGE = "#0e1117"

TRAIN = "#7d63d6"
VALIDATION = "#2f8f4e"
COST = "#d0611a"
MINIBATCH = "#7f8894"
LEARNING_RATE = "#2a7fc1"
MARKER = "#7f8894"  # rules, guides and the text on them

ACTIVATIONS = "#2a7fc1"
GRADIENTS = "#d0611a"
DEAD = "#c9486b"
SATURATED = "#8f7400"
FIRST_LAYER, LAST_LAYER = "#2a7fc1", "#d0611a"  # a line per layer: from the input's end to the output's end

# Blue and orange first: the pair that every kind of colour blindness keeps apart.
CLASS_COLOURS = (
    "#d0611a",
    "#2a7fc1",
    "#23906b",
    "#b0559f",
    "#8f7400",
    "#7d63d6",
    "#c9486b",
    "#0b8a9c",
    "#96705c",
    "#7f8894",
)
CLASS_SHAPES = ("circle", "square", "triangle", "diamond", "cross", "pentagon", "wedge", "plus", "star", "hexagon")
# The same shapes for Vega, which knows fewer by name and takes the others as paths.
VEGA_SHAPES = (
    *("circle", "square", "triangle", "diamond", "cross"),
    "M0,-1L0.95,-0.31L0.59,0.81L-0.59,0.81L-0.95,-0.31Z",
    "wedge",
    "M-0.9,-0.55L-0.55,-0.9L0,-0.35L0.55,-0.9L0.9,-0.55L0.35,0L0.9,0.55L0.55,0.9L0,0.35L-0.55,0.9L-0.9,0.55L-0.35,0Z",
    "M0,-1L0.22,-0.31L0.95,-0.31L0.36,0.12L0.59,0.81L0,0.38L-0.59,0.81L-0.36,0.12L-0.95,-0.31L-0.22,-0.31Z",
    "M0.87,-0.5L0.87,0.5L0,1L-0.87,0.5L-0.87,-0.5L0,-1Z",
)
NEGATIVE, POSITIVE = CLASS_COLOURS[0], CLASS_COLOURS[1]  # the two ends of a diverging scale
# Of trials, from the worst score to the best: ever lighter, and from blue to yellow in every kind of colour blindness.
SCORE_COLOURS = ("#3a5bce", "#8d58ae", "#bd5a75", "#bf723c", "#9f9700")
VALLEY = "#4f7396"  # lowest place of a surface; the highest is the page

# The confusion matrix is a light panel on either page: its text is chosen against these two, not against the page.
PANEL_LOW, PANEL_HIGH = "#eaf0f6", "#12558f"
PANEL_TEXT_ON_LOW, PANEL_TEXT_ON_HIGH = "#000000", "#ffffff"
PANEL_TEXT_SWITCH = 0.77  # share above which the text is the second of the two

DASHES = ((1, 0), (6, 3), (2, 2), (8, 3, 2, 3))  # solid, dashed, dotted, dash-dotted

NUMBER = ".6~g"  # 3000, 0.3, 1e-7; without the 6, ticks at 100 and 200 read 1e+2 and 2e+2
_MANTISSA = "datum.value / pow(10, floor(log(datum.value) / LN10 + 1e-9))"
_NUMBER = "datum.value < 0.001 ? format(datum.value, '.1~e') : format(datum.value, '.6~g')"

MAX_POINTS = 500  # points of one line
CURVE_HEIGHT = 270  # pixels, axes and legend included
AXIS_HEIGHT = 76  # pixels of it that a horizontal axis, its title and the margins take
Y_AXIS_WIDTH = 44  # pixels, the same on every curve, so that stacked charts line up
LABEL_SIZE = 11
TITLE_SIZE = 12


# For each axis, the signal that says how long it is, and how many pixels a decade must have so that the numbers at
# 1, 2, 3, 5 and 7 have room, or those at 1, 2 and 5; with less, powers of ten stand alone.
_LOG_AXES = {"x": ("width", 270, 130), "y": ("height", 96, 47)}


def log_label(channel: str) -> str:
    """Expression for the labels of a log axis, "x" or "y": numbers as they have room; grid lines stay."""
    length, wide, narrow = _LOG_AXES[channel]
    decade = f"{length} * LN10 / log(domain('{channel}')[1] / domain('{channel}')[0])"
    # What is hidden, not what is shown: over a small part of a decade there are ticks such as 1.25, which all stay.
    hidden = f"{decade} > {wide} ? [4, 6, 8, 9] : {decade} > {narrow} ? [3, 4, 6, 7, 8, 9] : [2, 3, 4, 5, 6, 7, 8, 9]"
    return f"indexof({hidden}, round({_MANTISSA} * 1e6) / 1e6) < 0 ? ({_NUMBER}) : ''"


def styled(chart: alt.Chart | alt.LayerChart, *, has_frame: bool = True) -> alt.Chart | alt.LayerChart:
    """The chart with the sizes that all charts share; text and grid colours are left to the page's theme."""
    frame = {} if has_frame else {"view": alt.ViewConfig(stroke=None)}
    # Set in place: each `configure_` copies all layers, which takes longer than all else that a chart is made of.
    chart.config = alt.Config(
        axis=alt.AxisConfig(
            labelFontSize=LABEL_SIZE,
            titleFontSize=TITLE_SIZE,
            titlePadding=8,
            labelPadding=6,
            labelFlush=False,
            labelLimit=120,
        ),
        legend=alt.LegendConfig(
            orient="top",
            direction="horizontal",
            title=None,
            labelFontSize=TITLE_SIZE,
            labelPadding=0,
            padding=0,
            offset=8,
            columnPadding=16,
            symbolSize=180,
        ),
        text=alt.MarkConfig(fontSize=LABEL_SIZE, color=MARKER),
        mark=alt.MarkConfig(aria=False),  # the chart's text alternative speaks for it, not 500 marks one by one
        **frame,
    )
    return chart


def line_legend(**options: object) -> alt.Legend:
    """A legend whose entries are short pieces of the lines."""
    return alt.Legend(symbolType="stroke", symbolStrokeWidth=2.5, **options)


def colour_and_dash(
    field: str, domain: Sequence, colours: Sequence[str], dashes: Sequence, legend: alt.Legend | None
) -> tuple[alt.Color, alt.StrokeDash]:
    """What tells lines apart, in one legend; `colours` and `dashes` are in the order of `domain`."""
    return (
        alt.Color(field, scale=alt.Scale(domain=domain, range=colours), legend=legend),
        alt.StrokeDash(field, scale=alt.Scale(domain=domain, range=dashes), legend=legend),
    )


def thinned(length: int, most: int = MAX_POINTS) -> np.ndarray:
    """Row numbers of at most `most` evenly spread rows; for clouds and tables, as a curve would lose its spikes."""
    return evenly(length, most)


def thinned_curve(values: np.ndarray, most: int = MAX_POINTS) -> np.ndarray:
    """Row numbers of at most `most` rows of a curve, every spike among them."""
    return extremes(values, most)
