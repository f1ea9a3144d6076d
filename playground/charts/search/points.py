"""The picture of Bergstra and Bengio: trials over two axes, and beside them what each axis alone has seen."""

import json

import altair as alt

from playground.charts import theme
from playground.charts.search.axes import UNSET_AT, axis_ticks, axis_title, spoken
from playground.charts.search.point_rows import NO_SCORE
from playground.charts.search.scores import score_colour
from playground.fields import SPECS
from playground.train.ending import RUNNING
from playground.train.search.axis import Axis
from playground.train.search.trials import WAITING

HEIGHT = 400  # pixels
EDGE = 0.04  # of an axis, beyond its ends, for the points that lie on them
TICKS_AT, TICKS_TO = 1.07, 1.10  # a tick for each value that was tried
STRIP_AT, STRIP = 1.15, 0.2  # where the strip of scores starts, and how deep it is
STRIP_TO = STRIP_AT + STRIP + EDGE / 2
POINT_SIZES = (45, 130)  # square pixels, for the worst score and the best
RING, CHOSEN_RING, TOUCHED = 330, 520, 320
CLICKED = "clicked"  # name of the selection


def points_chart(*, axes: tuple[Axis, ...], score_title: str) -> alt.LayerChart:
    """Trials over the plane of two axes, and their scores over each axis alone; reads the named data `points`.

    Args:
        axes: one or two; over one axis there is one strip as high as the plane.
        score_title: of the score, with its unit.
    """
    base = alt.Chart(alt.NamedData("points"))
    x = _channel(alt.X, "x:Q", axes[0])
    y = _channel(alt.Y, "y:Q", axes[1]) if len(axes) > 1 else _score_channel(score_title)
    values = zip(axes, ("x_text:N", "y_text:N"), strict=False)
    tooltip = [
        *(alt.Tooltip(column, title=SPECS[axis.field].label) for axis, column in values),
        alt.Tooltip("score:N", title=score_title),
        alt.Tooltip("status:N", title="status"),
    ]
    # One layer names the ticks for all: the spec travels twice a second.
    plain_x, plain_y = alt.X("x:Q", **_same(x)), alt.Y("y:Q", **_same(y))
    clicked = alt.selection_point(name=CLICKED, fields=["number"], on="click", toggle=False)
    scored = base.transform_filter(f"datum.shade != {NO_SCORE}")
    layers = [
        _panel(base, (0, 1), (0, 1)),
        *(_strips(base, scored, plain_x, plain_y) if len(axes) > 1 else ()),
        *_points(base, scored, plain_x, plain_y),
        base.mark_point(size=TOUCHED, filled=True, opacity=0).encode(x, y, tooltip=tooltip).add_params(clicked),
    ]
    return theme.styled(alt.layer(*layers, height=HEIGHT), has_frame=False)


def points_alt(*, method: str, axes: tuple[Axis, ...]) -> str:
    names = " and ".join(map(spoken, axes))
    return f"{method}: trials over {names}, coloured by validation score."


def _channel(kind: type, column: str, axis: Axis) -> alt.X | alt.Y:
    """Shares of an axis, labelled with its values."""
    shares, texts = zip(*axis_ticks(axis), strict=True)
    label = f"{json.dumps(texts)}[indexof({json.dumps(shares)}, datum.value)]"
    first, last = (UNSET_AT if axis.depends_on else 0) - EDGE, STRIP_TO + EDGE
    middle = (0.5 - first) / (last - first)  # of the plane, not of the axis, which goes on under the strip
    title_at = (
        {"titleX": {"expr": f"width * {middle}"}} if kind is alt.X else {"titleY": {"expr": f"height * {1 - middle}"}}
    )
    shown = alt.Axis(values=list(shares), labelExpr=label, grid=False, domain=False, **title_at)
    return kind(column, title=axis_title(axis), axis=shown, scale=alt.Scale(domain=[first, last], nice=False))


def _score_channel(title: str) -> alt.Y:
    shown = alt.Axis(values=[0, 1], labelExpr="datum.value ? 'best' : 'worst'", grid=False, domain=False)
    return alt.Y("y:Q", title=title, axis=shown, scale=alt.Scale(domain=[-EDGE, 1 + EDGE], nice=False))


def _panel(base: alt.Chart, across: tuple[float, float], up: tuple[float, float]) -> alt.Chart:
    """A pale rectangle behind what is drawn there."""
    one_row = base.transform_aggregate(rows="count()")
    rectangle = one_row.mark_rect(color=theme.MARKER, opacity=0.1, tooltip=None)
    ends = {"x": alt.XDatum(across[0]), "x2": alt.X2Datum(across[1]), "y": alt.YDatum(up[0]), "y2": alt.Y2Datum(up[1])}
    return rectangle.encode(**ends)


def _strips(base: alt.Chart, scored: alt.Chart, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Above the plane and on its right: a tick for each value, and the scores that it got."""
    raised = scored.transform_calculate(strip=f"{STRIP_AT} + {STRIP} * datum.shade")
    dot = {"filled": True, "size": 16, "opacity": 0.9, "tooltip": None}
    tick = {"color": theme.MARKER, "strokeWidth": 1.2, "tooltip": None}
    x_ends = {"x": alt.XDatum(TICKS_AT), "x2": alt.X2Datum(TICKS_TO)}
    y_ends = {"y": alt.YDatum(TICKS_AT), "y2": alt.Y2Datum(TICKS_TO)}
    strip_x, strip_y = alt.X("strip:Q", **_same(x)), alt.Y("strip:Q", **_same(y))
    return [
        _panel(base, (0, 1), (STRIP_AT - EDGE / 2, STRIP_TO)),
        _panel(base, (STRIP_AT - EDGE / 2, STRIP_TO), (0, 1)),
        base.mark_rule(**tick).encode(x=x, **y_ends),
        base.mark_rule(**tick).encode(y=y, **x_ends),
        raised.mark_point(**dot).encode(x, strip_y, score_colour()),
        raised.mark_point(**dot).encode(strip_x, y, score_colour()),
        _best_words(base, STRIP_AT + STRIP / 2),
    ]


def _best_words(base: alt.Chart, at: float) -> alt.Chart:
    """The best score in the corner that the strips leave free, where no point lies under it."""
    words = base.transform_filter("datum.best != ''").mark_text(lineBreak="\n", fontWeight="bold", tooltip=None)
    return words.encode(x=alt.XDatum(at), y=alt.YDatum(at), text=alt.Text("best:N"))


def _same(channel: alt.X | alt.Y) -> dict[str, object]:
    return {name: channel[name] for name in ("title", "scale")}


def _points(base: alt.Chart, scored: alt.Chart, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    size = alt.Size("shade:Q", scale=alt.Scale(domain=[0, 1], range=list(POINT_SIZES), clamp=True), legend=None)
    best = base.transform_filter("datum.best != ''")
    ring = {"filled": False, "color": theme.MARKER, "opacity": 1, "tooltip": None}
    return [
        base.transform_filter(alt.datum.is_lost)
        .mark_point(shape="cross", angle=45, size=60, filled=True, color=theme.MARKER, opacity=0.9)
        .encode(x, y),
        base.transform_filter(alt.datum.status == WAITING)
        .mark_point(filled=False, size=22, color=theme.MARKER, opacity=0.7)
        .encode(x, y),
        base.transform_filter(alt.datum.status == RUNNING)
        .mark_point(filled=False, size=POINT_SIZES[0], strokeWidth=2.2, opacity=1)
        .encode(x, y, color=alt.condition(alt.datum.shade >= 0, score_colour(), alt.value(theme.MARKER))),
        scored.transform_filter(alt.datum.status != RUNNING)
        .mark_point(filled=True, opacity=1, stroke={"expr": "background"}, strokeWidth=1)
        .encode(x, y, score_colour(), size),
        best.mark_point(size=RING, strokeWidth=2, **ring).encode(x, y),
        base.transform_filter(alt.datum.is_chosen)
        .mark_point(size=CHOSEN_RING, shape="square", strokeWidth=2.5, **ring)
        .encode(x, y),
    ]
