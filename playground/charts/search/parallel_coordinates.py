"""Parallel coordinates: a trial is a line from value to value, over one axis a field, to its score."""

import json
import textwrap
from collections.abc import Collection, Iterator, Sequence

import altair as alt
import pandas as pd

from playground.charts import theme
from playground.charts.search.axes import UNSET_AT, axis_ticks, axis_title, place_in, text_in
from playground.charts.search.scores import ScoreScale, is_finite, score_colour, score_of, score_text
from playground.fields import SPECS
from playground.train.search.axis import Axis
from playground.train.search.trials import Trial
from playground.train.search.verdict import best_trial

HEIGHT = 400  # pixels
LINE, LOST, BEST, TICK = "line", "lost", "best", "tick"
LOST_AT = UNSET_AT  # height on the score axis of trials without a score
NO_SCORE = -1.0
SCORE_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
EDGE = 0.35  # of the distance between two axes, left and right of the outermost
TITLE_WIDTH = 10  # characters, so that five titles stand side by side on a phone
FAINT, CLEAR = 0.07, 0.8
COLUMNS = {
    "kind": "str",
    "number": "int32",
    "column": "float32",
    "height": "float32",
    "shade": "float32",
    "is_faint": "bool",
    "text": "str",
    "values": "str",
    "score": "str",
    "status": "str",
}


def by_score(trials: Sequence[Trial]) -> list[Trial]:
    """Those that have ended, the worst first; before them those without a score."""
    return sorted((trial for trial in trials if trial.has_ended), key=lambda trial: (bool(trial.score), trial.score))


def between(trials: Sequence[Trial], low: float, high: float) -> list[Trial]:
    """Those whose rank among all that have ended is within [low, high], 0 the worst and 1 the best."""
    in_order = by_score(trials)
    last = max(len(in_order) - 1, 1)
    return [trial for rank, trial in enumerate(in_order) if low <= rank / last <= high]


def parallel_data(
    axes: Sequence[Axis], trials: Sequence[Trial], scale: ScoreScale | None, *, clear: Collection[int] | None = None
) -> pd.DataFrame:
    """A row for each trial on each axis and on that of the score, and one for each tick.

    Above 500 trials the evenly thinned ones of all that have ended, the worst first, so that good ones lie on top.

    Args:
        clear: numbers of the trials that stand out; None: all do.

    Returns:
        Columns kind (LINE, LOST without a score, BEST, TICK), number, column (0 is the first axis), height (share of
        the axis), shade (of the score), is_faint, text (of a tick), values, score and status (words).
    """
    in_order, best = by_score(trials), best_trial([trial for trial in trials if trial.has_ended])
    rows = [*_ticks(axes, scale)]
    for index in theme.thinned(len(in_order)):
        trial = in_order[index]
        kind = BEST if trial is best else LINE
        rows += _line(axes, trial, scale, kind, clear is not None and trial.number not in clear)
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _ticks(axes: Sequence[Axis], scale: ScoreScale | None) -> Iterator[dict[str, object]]:
    places = [(column, height, text) for column, axis in enumerate(axes) for height, text in axis_ticks(axis)]
    if scale is not None:
        texts = ((height, score_text(scale.score_at(height), is_share=scale.is_share)) for height in SCORE_TICKS)
        places += [(len(axes), height, text) for height, text in texts]
    places.append((len(axes), LOST_AT, "none"))
    shared = {"kind": TICK, "number": -1, "shade": NO_SCORE, "is_faint": False, "values": "", "score": "", "status": ""}
    for column, height, text in places:
        yield {**shared, "column": column, "height": height, "text": text}


def _line(
    axes: Sequence[Axis], trial: Trial, scale: ScoreScale | None, kind: str, is_faint: bool
) -> Iterator[dict[str, object]]:
    score = None if scale is None else score_of(trial, is_share=scale.is_share)
    has_score = scale is not None and is_finite(score)
    shade = scale.shade(score) if has_score else NO_SCORE
    own = [axis for axis in axes if axis.field in trial.params]
    names = (f"{SPECS[axis.field].label} {text_in(axis, trial.params)}" for axis in own)
    shared = {
        "kind": kind if has_score else LOST,
        "number": trial.number,
        "shade": shade,
        "is_faint": is_faint,
        "text": "",
        "values": ", ".join(names),
        "score": score_text(score, is_share=scale.is_share) if has_score else "none",
        "status": trial.status,
    }
    heights = [place_in(axis, trial.params) for axis in axes]
    for column, height in enumerate([*heights, shade if has_score else LOST_AT]):
        yield {**shared, "column": column, "height": height}


def parallel_chart(*, axes: tuple[Axis, ...], score_title: str) -> alt.LayerChart:
    """One line a trial, coloured by its score; reads the named data `parallel`.

    Args:
        score_title: of the score, with its unit.
    """
    base = alt.Chart(alt.NamedData("parallel"))
    titles = [textwrap.wrap(title, TITLE_WIDTH) for title in (*(axis_title(axis) for axis in axes), score_title)]
    named = alt.Axis(
        values=list(range(len(titles))),
        labelExpr=f"{json.dumps(titles)}[datum.value]",
        **{"grid": False, "domain": False, "ticks": False, "labelFontWeight": "bold", "labelAngle": 0},
    )
    domain = alt.Scale(domain=[-EDGE, len(axes) + EDGE], nice=False)
    x = alt.X("column:Q", title=None, axis=named, scale=domain)
    y = alt.Y("height:Q", axis=None, scale=alt.Scale(domain=[LOST_AT - 0.04, 1.04], nice=False))
    tooltip = [
        alt.Tooltip("values:N", title="trial"),
        alt.Tooltip("score:N", title=score_title),
        alt.Tooltip("status:N", title="status"),
    ]
    strength = alt.when("datum.is_faint").then(alt.value(FAINT)).otherwise(alt.value(CLEAR))
    trial = alt.Detail("number:N")

    def of(kind: str) -> alt.Chart:
        return base.transform_filter(alt.FieldEqualPredicate(field="kind", equal=kind))

    lost = {"color": theme.MARKER, "strokeWidth": 1.2, "strokeDash": theme.DASHES[2]}
    best = of(BEST)
    layers = [
        *_axes(of(TICK), x, y),
        of(LOST).mark_line(**lost).encode(x, y, trial, opacity=strength, tooltip=tooltip),
        of(LINE).mark_line(strokeWidth=1.6).encode(x, y, trial, score_colour(), opacity=strength, tooltip=tooltip),
        best.mark_line(strokeWidth=4, color=theme.SCORE_COLOURS[-1]).encode(x, y, trial, tooltip=tooltip),
        best.mark_point(filled=True, size=70, opacity=1, color=theme.SCORE_COLOURS[-1], tooltip=None).encode(x, y),
        *_texts(of(TICK), best.transform_filter(f"datum.column == {len(axes)}"), x, y, len(axes)),
    ]
    return theme.styled(alt.layer(*layers, height=HEIGHT), has_frame=False)


def parallel_alt(*, axes: tuple[Axis, ...]) -> str:
    names = ", ".join(SPECS[axis.field].label.lower() for axis in axes)
    return f"Each trial as a line over {names} to its score, coloured by it."


def _axes(ticks: alt.Chart, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """A vertical line for each axis, with its ticks."""
    whole = ticks.transform_filter(f"datum.height > {LOST_AT}").transform_aggregate(rows="count()", groupby=["column"])
    ends = {"y": alt.datum(0, scale=y["scale"], axis=None), "y2": alt.Y2Datum(1)}
    return [
        whole.mark_rule(color=theme.MARKER, strokeWidth=1.2, tooltip=None).encode(x, **ends),
        ticks.mark_tick(color=theme.MARKER, size=8, thickness=1.2, orient="horizontal", tooltip=None).encode(x, y),
    ]


def _texts(ticks: alt.Chart, best: alt.Chart, x: alt.X, y: alt.Y, last: int) -> list[alt.Chart]:
    """The values left of the axes, on a rim in the colour of the page, so that they are read over the lines; the scores
    on the right of theirs, where no line goes.
    """
    side = {"align": "right", "dx": -7, "tooltip": None, "limit": {"expr": f"width / {last + 2 * EDGE} - 12"}}
    rim = {"stroke": {"expr": "background"}, "strokeWidth": 4, "strokeJoin": "round"}
    right = {"align": "left", "dx": 8, "tooltip": None}
    values, scores = (ticks.transform_filter(f"datum.column {test} {last}") for test in ("<", "=="))
    return [
        values.mark_text(**side, **rim).encode(x, y, text=alt.Text("text:N")),
        values.mark_text(**side).encode(x, y, text=alt.Text("text:N")),
        scores.mark_text(**right).encode(x, y, text=alt.Text("text:N")),
        best.mark_text(dy=-12, fontWeight="bold", tooltip=None, text="best").encode(x, y),
    ]
