"""Loss, accuracy and learning rate against the epoch, with epoch axes of one width and one range."""

import altair as alt
import numpy as np
import pyarrow as pa

from playground.charts import theme
from playground.charts.curve_rows import (
    BEST,
    EDGE,
    MAX_TIPS,
    MINIBATCH,
    RATE,
    TRAIN,
    VALIDATION,
    Line,
    curve_rows,
    last_epoch,
    step_epochs,
)
from playground.jobs.training_snapshot import TrainingSnapshot

# series: colour, dash
LOOKS = {
    MINIBATCH: (theme.MINIBATCH, theme.DASHES[0]),
    TRAIN: (theme.TRAIN, theme.DASHES[0]),
    VALIDATION: (theme.VALIDATION, theme.DASHES[1]),
    RATE: (theme.LEARNING_RATE, theme.DASHES[0]),
}


def loss_data(snapshot: TrainingSnapshot, *, log_scale: bool = False) -> pa.Table:
    """Losses of the training split, the validation split and single batches; columns as in `curve_rows`."""
    history, batches = snapshot.history, snapshot.minibatch
    lines = [Line(MINIBATCH, step_epochs(snapshot, batches.get("step", ())), batches.get("loss", ()))]
    lines += [
        Line(series, history.get("epoch", ()), history.get(column, ()), snapshot.bands.get(column))
        for series, column in ((TRAIN, "train_loss"), (VALIDATION, "val_loss"))
    ]
    return curve_rows(lines, end=last_epoch(snapshot), best=best_epoch(snapshot), positive=log_scale)


def loss_chart(*, unit: str, log_scale: bool = False, has_bands: bool = False) -> alt.LayerChart:
    """Train (solid), validation (dashed) and single-batch (faint) loss; reads the named data `loss`.

    Args:
        unit: of the loss, in the title of its axis.
        has_bands: draw mean -+ standard deviation over seeds.
    """
    scale = alt.Scale(type="log", nice=False) if log_scale else alt.Scale(zero=True)
    title = f"Loss ({unit}, log)" if log_scale else f"Loss ({unit})"
    y = _value_axis(title, scale, theme.NUMBER)
    return _curve_chart("loss", y, (MINIBATCH, TRAIN, VALIDATION), has_bands=has_bands, height=theme.CURVE_HEIGHT)


def loss_alt(*, unit: str) -> str:
    return f"Loss in {unit} against the epoch: training solid, validation dashed, single batches faint."


def best_epoch(snapshot: TrainingSnapshot) -> float | None:
    """Epoch of the lowest validation loss; None before the first is over."""
    return snapshot.best.get("epoch") if len(snapshot.history.get("epoch", ())) > 1 else None


def accuracy_data(snapshot: TrainingSnapshot) -> pa.Table:
    """Accuracies in [0, 1] of the training and the validation split; columns as in `curve_rows`."""
    history = snapshot.history
    lines = [
        Line(series, history.get("epoch", ()), history.get(column, ()), snapshot.bands.get(column))
        for series, column in ((TRAIN, "train_accuracy"), (VALIDATION, "val_accuracy"))
    ]
    return curve_rows(lines, end=last_epoch(snapshot), best=best_epoch(snapshot))


def accuracy_chart(*, has_bands: bool = False) -> alt.LayerChart:
    """Train (solid) and validation (dashed) accuracy, 0 to 100%; reads the named data `accuracy`."""
    y = _value_axis("Accuracy (%)", alt.Scale(domain=[0, 1], clamp=True), ".0%")
    height = theme.CURVE_HEIGHT - 30
    return _curve_chart(
        "accuracy", y, (TRAIN, VALIDATION), has_bands=has_bands, height=height, number=".1%", rises=True
    )


def accuracy_alt() -> str:
    return "Accuracy in percent against the epoch: training solid, validation dashed, best epoch marked."


def learning_rate_data(snapshot: TrainingSnapshot) -> pa.Table:
    """Learning rate of every recorded step; of every epoch before the first step, and where seeds differ in it.

    Columns are as in `curve_rows`.
    """
    steps, history, spread = snapshot.minibatch.get("step", ()), snapshot.history, snapshot.bands.get("learning_rate")
    if len(steps) and not np.any(spread):
        line = Line(RATE, step_epochs(snapshot, steps), snapshot.minibatch["learning_rate"])
    else:
        line = Line(RATE, history.get("epoch", ()), history.get("learning_rate", ()), spread)
    return curve_rows([line], end=last_epoch(snapshot), lowest=0.0)  # a band must not promise rates below 0


def learning_rate_chart(*, has_bands: bool = False) -> alt.LayerChart:
    """Learning rate against the epoch; reads the named data `learning_rate`."""
    y = _value_axis("Learning rate", alt.Scale(zero=True), theme.NUMBER)
    return _curve_chart("learning_rate", y, (RATE,), has_bands=has_bands, height=170)


def learning_rate_alt() -> str:
    return "Learning rate against the epoch."


def _epoch_axis() -> alt.X:
    return alt.X("epoch:Q", title="Epoch", scale=alt.Scale(nice=False), axis=alt.Axis(tickMinStep=1, grid=False))


def _value_axis(title: str, scale: alt.Scale, number: str) -> alt.Y:
    width = theme.Y_AXIS_WIDTH
    labels = {"labelExpr": theme.log_label("y")} if scale["type"] == "log" else {"format": number}
    axis = alt.Axis(**labels, minExtent=width, maxExtent=width, tickCount=5)
    return alt.Y("value:Q", title=title, scale=scale, axis=axis)


def _curve_chart(
    name: str,
    y: alt.Y,
    series: tuple[str, ...],
    *,
    height: int,
    number: str = ".4~g",
    has_bands: bool = False,
    rises: bool = False,
) -> alt.LayerChart:
    """Lines over their bands, one colour and dash a series, the best epoch, and all values under the pointer.

    Args:
        number: format of the values under the pointer.
        rises: learning takes the lines up, so that there is room under them.
    """
    base = alt.Chart(alt.NamedData(name))
    x = _epoch_axis()
    colours, dashes = zip(*(LOOKS[one] for one in series), strict=True)
    legend = theme.line_legend(symbolOpacity=1) if len(series) > 1 else None
    colour, dash = theme.colour_and_dash("series:N", series, colours, dashes, legend)
    strong = [one for one in series if one != MINIBATCH]

    def of(shown: list[str]) -> alt.Chart:
        return base.transform_filter(alt.FieldOneOfPredicate(field="series", oneOf=shown))

    def line(shown: list[str], **look: object) -> alt.Chart:
        return of(shown).mark_line(strokeJoin="round", **look).encode(x, y, colour, dash)

    layers = [line([MINIBATCH], strokeWidth=1, opacity=0.4)] if MINIBATCH in series else []
    shape = "step-after" if RATE in series else "linear"
    if has_bands:
        band = of(strong).transform_filter("isValid(datum.low)").mark_area(opacity=0.2, interpolate=shape)
        layers.append(band.encode(x, alt.Y("low:Q", title=y["title"], scale=y["scale"]), alt.Y2("high:Q"), colour))
    layers.append(line(strong, strokeWidth=2.2, interpolate=shape))
    layers.append(of([EDGE]).mark_point(opacity=0).encode(x))
    layers += [*_best_epoch(of([BEST]), at_top=not rises), *_pointer(base, x, strong, number)]
    return theme.styled(alt.layer(*layers).properties(height=height))


# A place on the axis that has no say in the range of the axis.
AT_EPOCH = {"expr": "scale('x', datum.epoch)"}


def _best_epoch(best: alt.Chart, *, at_top: bool) -> list[alt.Chart]:
    """A dotted rule and its label, on the side of the rule that has more room, at the end away from the lines."""
    past_half = "datum.epoch > domain('x')[1] / 2"
    text = {"expr": "'best: epoch ' + format(datum.epoch, '.0f')"}
    align, dx = {"expr": f"{past_half} ? 'right' : 'left'"}, {"expr": f"{past_half} ? -5 : 5"}
    rule = best.mark_rule(color=theme.MARKER, strokeDash=theme.DASHES[2], strokeWidth=1.5, tooltip=None)
    baseline, place = ("top", 2) if at_top else ("bottom", {"expr": "height - 3"})
    label = best.mark_text(text=text, align=align, dx=dx, fontWeight="bold", baseline=baseline, tooltip=None)
    x, top, bottom = alt.value(AT_EPOCH), alt.value(0), alt.value({"expr": "height"})
    return [rule.encode(x=x, y=top, y2=bottom), label.encode(x=x, y=alt.value(place))]


def _pointer(base: alt.Chart, x: alt.X, series: list[str], number: str) -> list[alt.Chart]:
    """A thin rule at the epoch under the pointer, and the values there; unseen wide rules answer to the pointer."""
    here = alt.selection_point(name="here", on="pointerover", clear="pointerout", fields=["epoch"], empty=False)
    tooltip = [alt.Tooltip("epoch:Q", format=".4~g")] + [alt.Tooltip(f"{one}:Q", format=number) for one in series]
    tips = base.transform_filter("datum.tip").transform_pivot("series", value="value", groupby=["epoch"])
    reach = {"expr": f"width / clamp(domain('x')[1], 1, {MAX_TIPS})"}  # one rule touches the next
    touched = tips.mark_rule(strokeWidth=reach, opacity=0, clip=True).encode(x, tooltip=tooltip).add_params(here)
    seen = tips.transform_filter(here).mark_rule(color=theme.MARKER, tooltip=None)
    return [seen.encode(x=alt.value(AT_EPOCH), y=alt.value(0), y2=alt.value({"expr": "height"})), touched]
