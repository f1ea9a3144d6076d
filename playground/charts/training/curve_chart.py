"""The picture of a curve chart: lines over their bands against the epoch, and what stands around them."""

import altair as alt

from playground.charts import theme
from playground.charts.training.curve_rows import BEST, COST, EDGE, MAX_TIPS, MINIBATCH, RANGE, RATE, TRAIN, VALIDATION

NARROW = 360  # pixels of a chart on a phone
# series: colour, dash
LOOKS = {
    MINIBATCH: (theme.MINIBATCH, theme.DASHES[0]),
    TRAIN: (theme.TRAIN, theme.DASHES[0]),
    VALIDATION: (theme.VALIDATION, theme.DASHES[1]),
    COST: (theme.COST, theme.DASHES[3]),
    RATE: (theme.LEARNING_RATE, theme.DASHES[0]),
}


def _epoch_axis() -> alt.X:
    step = alt.ExprRef("domain('x')[1] < 1 ? 0.001 : 1")  # a run that diverges in its first epoch
    return alt.X("epoch:Q", title="Epoch", scale=alt.Scale(nice=False), axis=alt.Axis(tickMinStep=step, grid=False))


def value_axis(title: str, scale: alt.Scale, number: str) -> alt.Y:
    width = theme.Y_AXIS_WIDTH
    labels = {"labelExpr": theme.log_label("y")} if scale["type"] == "log" else {"format": number}
    axis = alt.Axis(**labels, minExtent=width, maxExtent=width, tickCount=5)
    return alt.Y("value:Q", title=title, scale=scale, axis=axis)


def curve_chart(
    name: str,
    y: alt.Y,
    series: tuple[str, ...],
    *,
    height: int,
    number: str = ".4~g",
    has_bands: bool = False,
    rises: bool = False,
    batch: str = MINIBATCH,
) -> alt.LayerChart:
    """Lines over their bands, one colour and dash a series, the best epoch, and all values under the pointer.

    Args:
        number: format of the values under the pointer.
        batch: what the legend calls single batches.
        rises: learning takes the lines up, so that there is room under them.
    """
    base = alt.Chart(alt.NamedData(name))
    x = _epoch_axis()
    colours, dashes = zip(*(LOOKS[one] for one in series), strict=True)
    colour, dash = theme.colour_and_dash("series:N", series, colours, dashes, _legend(series, batch))
    strong = [one for one in series if one != MINIBATCH]

    def of(shown: list[str]) -> alt.Chart:
        return base.transform_filter(alt.FieldOneOfPredicate(field="series", oneOf=shown))

    def line(shown: list[str], **look: object) -> alt.Chart:
        return of(shown).mark_line(strokeJoin="round", **look).encode(x, y, colour, dash)

    layers = []
    if MINIBATCH in series:  # of single batches, whose spikes have no say in the range of the axis
        faint = of([MINIBATCH]).mark_line(strokeJoin="round", strokeWidth=1, opacity=0.4, clip=True)
        layers.append(faint.encode(x, colour, dash, y=alt.YValue(AT_VALUE)))
        layers.append(of([RANGE]).mark_point(opacity=0).encode(y=y))
    shape = "step-after" if RATE in series else "linear"
    if has_bands:
        band = of(strong).transform_filter("isValid(datum.low)").mark_area(opacity=0.2, interpolate=shape)
        layers.append(band.encode(x, alt.Y("low:Q", title=y["title"], scale=y["scale"]), alt.Y2("high:Q"), colour))
    layers.append(line(strong, strokeWidth=2.2, interpolate=shape))
    layers.append(of([EDGE]).mark_point(opacity=0).encode(x))
    if len(strong) > 1:
        newest = base.transform_filter("datum.now").mark_point(filled=True, size=42, opacity=1)
        layers.append(newest.encode(x, y, colour))
    layers += [*_best_epoch(of([BEST]), at_top=not rises), *_pointer(base, x, strong, number)]
    return theme.styled(alt.layer(*layers, height=height))


# Places on the axes that have no say in their range.
AT_EPOCH = {"expr": "scale('x', datum.epoch)"}
AT_VALUE = {"expr": "scale('y', datum.value)"}


def _legend(series: tuple[str, ...], batch: str) -> alt.Legend | None:
    """Names of the series, in two rows where long names or many would leave a phone."""
    if len(series) == 1:
        return None
    if batch == MINIBATCH and COST not in series:
        return theme.line_legend(symbolOpacity=1)
    names = f"datum.label == '{MINIBATCH}' ? '{batch}' : datum.label"
    return theme.line_legend(symbolOpacity=1, labelExpr=names, columns=alt.ExprRef(f"width < {NARROW} ? 2 : 4"))


def _best_epoch(best: alt.Chart, *, at_top: bool) -> list[alt.Chart]:
    """A dotted rule and its label, on the side of the rule that has more room, at the end away from the lines."""
    past_half = "datum.epoch > domain('x')[1] / 2"
    text = {"expr": "'best: epoch ' + format(datum.epoch, '.0f')"}
    align, dx = {"expr": f"{past_half} ? 'right' : 'left'"}, {"expr": f"{past_half} ? -5 : 5"}
    rule = best.mark_rule(color=theme.MARKER, strokeDash=theme.DASHES[2], strokeWidth=1.5, tooltip=None)
    baseline, place = ("top", 2) if at_top else ("bottom", {"expr": "height - 3"})
    label = best.mark_text(text=text, align=align, dx=dx, fontWeight="bold", baseline=baseline, tooltip=None)
    x, top, bottom = alt.XValue(AT_EPOCH), alt.YValue(0), alt.Y2Value({"expr": "height"})
    return [rule.encode(x=x, y=top, y2=bottom), label.encode(x=x, y=alt.YValue(place))]


def _pointer(base: alt.Chart, x: alt.X, series: list[str], number: str) -> list[alt.Chart]:
    """A thin rule at the epoch under the pointer, and the values there; unseen wide rules answer to the pointer."""
    here = alt.selection_point(name="here", on="pointerover", clear="pointerout", fields=["epoch"], empty=False)
    tooltip = [alt.Tooltip("epoch:Q", format=".4~g")] + [alt.Tooltip(f"{one}:Q", format=number) for one in series]
    tips = base.transform_filter("datum.tip").transform_pivot("series", value="value", groupby=["epoch"])
    reach = {"expr": f"width / clamp(domain('x')[1], 1, {MAX_TIPS})"}  # one rule touches the next
    touched = tips.mark_rule(strokeWidth=reach, opacity=0, clip=True).encode(x, tooltip=tooltip).add_params(here)
    seen = tips.transform_filter(here).mark_rule(color=theme.MARKER, tooltip=None)
    return [seen.encode(x=alt.XValue(AT_EPOCH), y=alt.YValue(0), y2=alt.Y2Value({"expr": "height"})), touched]
