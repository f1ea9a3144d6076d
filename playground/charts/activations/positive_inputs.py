"""What positive inputs do to one neuron: signs of its gradients, its path, and how far it has to go."""

import altair as alt
import numpy as np
import pandas as pd

from playground.charts import theme
from playground.jobs.activations.positive_inputs import CENTRED, KINDS, RAW, NeuronRun, PositiveInputsSnapshot

LOOKS = {RAW: (theme.GRADIENTS, theme.DASHES[0]), CENTRED: (theme.ACTIVATIONS, theme.DASHES[1])}
SIGNS = {1: "+", 0: "0", -1: "\u2212"}
SIGN_COLOURS = {"+": theme.POSITIVE, "0": theme.MARKER, "\u2212": theme.NEGATIVE}
MAX_TEXTS = 16  # columns; above that, a cell has no room for its sign
START, END, GOAL = "start", "end", "goal"
HEIGHT = 300  # pixels
FURTHEST = 1e3  # of a distance that grows for good: what its picture shows at most
NEAR = 10.0  # of a weight, likewise: so that the other path is seen as well
LOWEST = 1e-6  # of a distance: below it, nothing is left to see


def sign_data(run: NeuronRun) -> pd.DataFrame:
    """Columns step (from 1), weight (from 1), sign ("+", "0" or "−")."""
    steps, weights = np.indices(run.signs.shape) if run.signs.ndim == 2 else (np.empty(0), np.empty(0))
    signs = [SIGNS[int(sign)] for sign in run.signs.ravel()]
    frame = pd.DataFrame({"step": steps.ravel() + 1, "weight": weights.ravel() + 1, "sign": signs})
    return frame.astype({"step": "int16", "weight": "int16", "sign": "str"})


def sign_chart(*, num_inputs: int) -> alt.LayerChart:
    """A row a step, a column a weight, coloured by the sign of the gradient; reads the named data `signs`."""
    base = alt.Chart(alt.NamedData("signs"))
    axis = alt.Axis(labelAngle=0, labelOverlap=True, grid=False)
    x = alt.X("weight:O", title="Weight", axis=axis, scale=alt.Scale(paddingInner=0.08))
    y = alt.Y("step:O", title="Step", axis=alt.Axis(labelOverlap=True, grid=False), scale=alt.Scale(paddingInner=0.08))
    domain, colours = zip(*SIGN_COLOURS.items(), strict=True)
    colour = alt.Color("sign:N", scale=alt.Scale(domain=domain, range=colours), legend=None)
    layers = [
        base.mark_rect(opacity=0.85).encode(
            x, y, colour, tooltip=[alt.Tooltip("step:O"), alt.Tooltip("weight:O"), alt.Tooltip("sign:N")]
        )
    ]
    if num_inputs <= MAX_TEXTS:
        texts = base.mark_text(color="white", fontWeight="bold", fontSize=10, tooltip=None)
        layers.append(texts.encode(x, y, text=alt.Text("sign:N")))
    return theme.styled(alt.layer(*layers, height=HEIGHT))


def sign_alt(*, kind: str) -> str:
    return f"Signs of one neuron's weight gradients with inputs {kind}: a row for each of the first steps."


def path_data(snapshot: PositiveInputsSnapshot) -> pd.DataFrame:
    """Columns kind, order, x and y (the first two weights), place ("start", "end", "goal" or "")."""
    parts = [pd.DataFrame({name: [] for name in ("kind", "order", "x", "y", "place")})]
    for run in snapshot.runs:
        seen = run.path[(np.abs(run.path) < NEAR).all(axis=1)]
        rows = pd.DataFrame({"kind": run.kind, "order": range(len(seen)), "x": seen[:, 0], "y": seen[:, 1]})
        rows["place"] = ""
        if len(rows):
            rows.loc[len(rows) - 1, "place"] = END
        parts.append(rows)
    if snapshot.runs:
        ends = {"kind": RAW, "order": -1, "x": [0.0, 1.0], "y": [0.0, -1.0], "place": [START, GOAL]}
        parts.append(pd.DataFrame(ends))
    rows = pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)
    return rows.astype({"order": "int16", "x": "float64", "y": "float64"})


def path_chart() -> alt.LayerChart:
    """Both paths from the ring to the star; reads the named data `neuron_paths`."""
    base = alt.Chart(alt.NamedData("neuron_paths"))
    scale, axis = alt.Scale(nice=False, zero=False, padding=12), alt.Axis(format=theme.NUMBER, tickCount=6)
    x = alt.X("x:Q", title="Weight 1", scale=scale, axis=axis)
    y = alt.Y("y:Q", title="Weight 2", scale=scale, axis=axis)
    colour, dash = _colour_and_dash()
    tooltip = [alt.Tooltip("kind:N"), alt.Tooltip("x:Q", title="weight 1", format=".3~f"),
               alt.Tooltip("y:Q", title="weight 2", format=".3~f")]  # fmt: skip
    walked = base.transform_filter("datum.order >= 0")

    def at(place: str, **look: object) -> alt.Chart:
        mark = base.transform_filter(alt.datum.place == place).mark_point(opacity=1, tooltip=None, **look)
        return mark.encode(x, y)

    layers = [
        walked.mark_line(strokeWidth=1.6, strokeJoin="round", tooltip=None).encode(
            x, y, colour, dash, alt.Order("order:Q")
        ),
        walked.mark_point(filled=True, size=14, opacity=0.7).encode(x, y, colour, tooltip=tooltip),
        at(START, shape="circle", size=130, color=theme.MARKER, strokeWidth=2.5),
        at(GOAL, shape=theme.VEGA_SHAPES[8], size=260, filled=True, color=theme.VALIDATION),
    ]
    return theme.styled(alt.layer(*layers, height=HEIGHT + theme.AXIS_HEIGHT))


def path_alt() -> str:
    return "Paths of the first two weights from a ring to a star: solid with positive inputs, dashed around zero."


def distance_data(snapshot: PositiveInputsSnapshot) -> pd.DataFrame:
    """Columns kind, step, distance (of all weights from the goal, share of the first; positive and finite)."""
    parts = [pd.DataFrame({"kind": [], "step": [], "distance": []})]
    parts += [
        pd.DataFrame({"kind": run.kind, "step": run.at, "distance": run.distances})[
            (run.distances > LOWEST) & (run.distances < FURTHEST)
        ]
        for run in snapshot.runs
    ]
    return pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)


def distance_chart() -> alt.LayerChart:
    """Log axis, with a dotted rule where the neuron counts as trained; reads the named data `distances`."""
    base = alt.Chart(alt.NamedData("distances"))
    x = alt.X("step:Q", title="Step", scale=alt.Scale(nice=False), axis=alt.Axis(tickMinStep=1, grid=False))
    axis = alt.Axis(labelExpr=theme.log_label("y"), tickCount=6, minExtent=theme.Y_AXIS_WIDTH)
    y = alt.Y("distance:Q", title="Distance from the goal (log)", scale=alt.Scale(type="log", nice=False), axis=axis)
    colour, dash = _colour_and_dash()
    tooltip = [alt.Tooltip("kind:N"), alt.Tooltip("step:Q"), alt.Tooltip("distance:Q", format=".3~g")]
    rule = base.mark_rule(color=theme.MARKER, strokeDash=theme.DASHES[2], strokeWidth=1.5, tooltip=None)
    lines = base.mark_line(strokeWidth=2.2, strokeJoin="round").encode(x, y, colour, dash, tooltip=tooltip)
    layers = [rule.encode(y=alt.YDatum(0.05)), lines]
    return theme.styled(alt.layer(*layers, height=HEIGHT + theme.AXIS_HEIGHT))


def distance_alt() -> str:
    return "Distance of all weights from the goal against the step on a log axis, dotted at 5 percent of the first."


def _colour_and_dash() -> tuple[alt.Color, alt.StrokeDash]:
    colours, dashes = zip(*(LOOKS[kind] for kind in KINDS), strict=True)
    return theme.colour_and_dash("kind:N", KINDS, colours, dashes, theme.line_legend(symbolOpacity=1))
