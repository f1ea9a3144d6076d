"""What theory says about paths: the claims in a table, and the rate of convergence against the learning rate."""

import altair as alt
import numpy as np
import pandas as pd

from playground.catalog import OPTIMIZERS
from playground.charts import theme
from playground.charts.optimizer_look import optimizer_look
from playground.jobs.paths.job import PathsSnapshot
from playground.jobs.paths.settings import BEST, SHARED

CURVE, PRESENT, EDGE = "curve", "present", "edge"
HIGHEST = 1.1  # rate: enough to see that it rises


def claims_table(snapshot: PathsSnapshot) -> pd.DataFrame:
    """Columns Optimizer, Quantity, Theory, Measured, Agrees; one row a claim, as text."""
    rows = [
        {
            "Optimizer": OPTIMIZERS[claim.optimizer].label,
            "Quantity": claim.quantity,
            "Theory": _text(claim.expected),
            "Measured": _text(claim.measured),
            "Agrees": {None: "-", True: "yes", False: "no"}[claim.agrees],
        }
        for claim in sorted(snapshot.claims, key=lambda claim: list(OPTIMIZERS).index(claim.optimizer))
    ]
    return pd.DataFrame(rows, columns=["Optimizer", "Quantity", "Theory", "Measured", "Agrees"])


def claim_sources(snapshot: PathsSnapshot) -> list[str]:
    """Each source once, in the order of the claims."""
    return list(dict.fromkeys(claim.source for claim in snapshot.claims if claim.source))


def _text(value: float | None) -> str:
    return "-" if value is None else f"{value:.4g}"


def rates_sentence(snapshot: PathsSnapshot) -> str:
    """Which learning rates the paths have, and where they come from."""
    settings = snapshot.settings
    same = ""
    if any(OPTIMIZERS[name].decouples_decay for name in settings.optimizers):
        same = " AdamW takes the path of Adam, because nothing decays here."
    if settings.rates == SHARED and snapshot.paths:
        return f"One learning rate for all: **{snapshot.paths[0].config.learning_rate:g}**.{same}"
    rates = ", ".join(
        f"{OPTIMIZERS[path.config.optimizer].label} **{path.config.learning_rate:.3g}**" for path in snapshot.paths
    )
    if settings.rates == BEST:
        return f"Each at its own best learning rate: of a short sweep, the one lowest at the last step. {rates}.{same}"
    return f"Each at its usual learning rate: {rates}.{same}"


def rate_data(snapshot: PathsSnapshot) -> pd.DataFrame:
    """Columns optimizer (label), learning_rate, rate (share of the distance left after a step), kind, limit.

    Rows of kind "present" are the measured paths, the one of kind "edge" is the rate of 1; limit is where a curve
    crosses it.
    """
    parts = []
    for name, (learning_rates, rates) in snapshot.rate_curves.items():
        shown = rates <= HIGHEST
        learning_rates, rates = learning_rates[shown], rates[shown]
        stable = learning_rates[rates < 1]
        limit = float(stable.max()) if stable.size else np.nan
        columns = {"learning_rate": learning_rates, "rate": rates, "kind": CURVE, "limit": limit}
        parts.append(pd.DataFrame({"optimizer": OPTIMIZERS[name].label, **columns}))
    measured = {
        claim.optimizer: claim.measured for claim in reversed(snapshot.claims) if "multiple" in claim.quantity
    }  # fmt: skip
    for path in snapshot.paths:
        name = path.config.optimizer
        if name in snapshot.rate_curves and measured.get(name) is not None:
            columns = {"learning_rate": [path.config.learning_rate], "rate": measured[name], "kind": PRESENT}
            parts.append(pd.DataFrame({"optimizer": OPTIMIZERS[name].label, **columns, "limit": np.nan}))
    names = ["optimizer", "learning_rate", "rate", "kind", "limit"]
    if not parts:
        return pd.DataFrame(columns=names)
    edge = {"optimizer": parts[0]["optimizer"].iloc[:1], "rate": 1.0, "kind": EDGE}
    return pd.concat([*parts, pd.DataFrame(edge)], ignore_index=True)[names]


def rate_chart(*, optimizers: tuple[str, ...]) -> alt.LayerChart:
    """Distance left after each step against the learning rate: theory as lines, the present paths as marks.

    Reads the named data `rates`. Above the line at 1 a path diverges.
    """
    looks = [optimizer_look(name) for name in optimizers]
    labels, colours, dashes = ([look[part] for look in looks] for part in ("label", "colour", "dash"))
    colour, dash = theme.colour_and_dash("optimizer:N", labels, colours, dashes, theme.line_legend())
    base = alt.Chart(alt.NamedData("rates"))
    axis = alt.Axis(labelExpr=theme.log_label("x"), grid=False)
    x = alt.X("learning_rate:Q", title="Learning rate (log)", scale=alt.Scale(type="log", nice=False), axis=axis)
    y = alt.Y("rate:Q", title="Distance left after a step", scale=alt.Scale(zero=False))
    tooltip = [
        "optimizer:N", alt.Tooltip("learning_rate:Q", format=".3~g"), alt.Tooltip("rate:Q", format=".4~g"),
    ]  # fmt: skip
    curves = base.transform_filter(alt.datum.kind == CURVE).mark_line(strokeWidth=2, clip=True)
    present = base.transform_filter(alt.datum.kind == PRESENT)
    marks = present.mark_point(filled=True, size=110, opacity=1, stroke=theme.MARKER)
    edge = base.transform_filter(alt.datum.kind == EDGE)
    rule = edge.mark_rule(color=theme.MARKER, strokeDash=theme.DASHES[1])
    word = edge.mark_text(align="left", dx=4, dy=-8, fontWeight="bold", text="diverges above")
    layers = [
        rule.encode(y=y),
        word.encode(x=alt.XValue(0), y=y),
        curves.encode(x, y, colour, dash),
        marks.encode(x, y, colour, tooltip=tooltip),
    ]
    return theme.styled(alt.layer(*layers, height=theme.CURVE_HEIGHT))


def rate_alt() -> str:
    return (
        "Share of the distance left after a step against the learning rate, with the limit of 1 above which it grows."
    )
