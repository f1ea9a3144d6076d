"""What flows through a fresh network, forward and back: numbers and pictures of the lesson on initialization."""

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd
import pyarrow as pa

from playground.charts import theme
from playground.charts.depth import Series, depth_chart, depth_data
from playground.charts.histograms import histogram_rows, ridge_chart
from playground.jobs.signal.snapshot import SignalSnapshot

STD, GRADIENT, MEAN, DEAD, SATURATED = "activations", "gradients", "mean", "dead units", "saturated outputs"
ROOT = 0.5  # ReLU's spike at 0 would flatten everything else
WITHOUT, WITH = "as drawn", "last layer of each branch at 0"


def forward_data(signal: SignalSnapshot) -> pa.Table:
    """Histograms of the activations, heights as square roots; columns as in `histogram_rows`."""
    return histogram_rows([(layer.name, layer.activations) for layer in signal.layers], power=ROOT)


def backward_data(signal: SignalSnapshot) -> pa.Table:
    """Histograms of the gradients of the outputs, heights as square roots; columns as in `histogram_rows`."""
    return histogram_rows([(back.name, back.histogram) for back in signal.backward], power=ROOT)


def backward_chart(*, num_layers: int) -> alt.LayerChart:
    """Rows share the gradient axis, so that a gradient that vanishes or explodes is seen; reads `backward`."""
    return ridge_chart("backward", "Gradient of a sample's loss by an activation", theme.GRADIENTS, num_layers)


def backward_alt(*, num_layers: int) -> str:
    return f"Histograms of the backward gradients of {num_layers} layers on one axis, first layer on top."


def std_data(signal: SignalSnapshot) -> pd.DataFrame:
    """Standard deviation of the activations; columns as in `depth_data`."""
    theory = [layer.std for layer in signal.theory]
    return depth_data([Series(STD, [layer.std for layer in signal.layers], theory)], log_scale=True)


def std_chart() -> alt.LayerChart:
    """Log axis, theory dashed; reads `stds`."""
    title = "Activations: std (log)"
    return depth_chart(name="stds", title=title, names=(STD,), colours=(theme.ACTIVATIONS,), log_scale=True)


def std_alt() -> str:
    return "Standard deviation of the activations of each layer on a log axis: measured points, theory dashed."


def gradient_std_data(signal: SignalSnapshot) -> pd.DataFrame:
    """Standard deviation of the backward gradients; columns as in `depth_data`."""
    theory = [layer.gradient_std for layer in signal.theory]
    return depth_data([Series(GRADIENT, [back.std for back in signal.backward], theory)], log_scale=True)


def gradient_std_chart() -> alt.LayerChart:
    """Log axis, theory dashed; reads `gradient_stds`."""
    title = "Gradients: std (log)"
    return depth_chart(name="gradient_stds", title=title, names=(GRADIENT,), colours=(theme.GRADIENTS,), log_scale=True)


def gradient_std_alt() -> str:
    return "Standard deviation of the backward gradients of each layer on a log axis: measured points, theory dashed."


def mean_data(signal: SignalSnapshot) -> pd.DataFrame:
    """Mean of the activations, with room for the largest standard deviation; columns as in `depth_data`."""
    theory = [layer.mean for layer in signal.theory]
    span = max((layer.std for layer in signal.layers if layer.std < float("inf")), default=0.0)
    return depth_data([Series(MEAN, [layer.mean for layer in signal.layers], theory)], log_scale=False, span=span)


def mean_chart() -> alt.LayerChart:
    """Linear axis as wide as the activations spread, theory dashed; reads `means`."""
    return depth_chart(
        name="means", title="Activations: mean", names=(MEAN,), colours=(theme.ACTIVATIONS,), log_scale=False
    )


def mean_alt() -> str:
    return "Mean of the activations of each layer: measured points, theory dashed."


def share_data(signal: SignalSnapshot) -> pd.DataFrame:
    """Shares in [0, 1] of dead units and saturated outputs, where the activation can be it; as in `depth_data`."""
    dead, saturated = ([getattr(layer, kind) for layer in signal.layers] for kind in ("dead", "saturated"))
    return depth_data([Series(DEAD, dead), Series(SATURATED, saturated)], log_scale=False)


def share_chart() -> alt.LayerChart:
    """0 to 100%; reads `shares`."""
    return depth_chart(
        name="shares", title="Share (%)", names=(DEAD, SATURATED), colours=(theme.DEAD, theme.SATURATED),
        log_scale=False, number=".0%", domain=(0.0, 1.0),
    )  # fmt: skip


def share_alt() -> str:
    return "Share of dead units (filters of a convolution) and of saturated outputs in each layer, in percent."


def cases_data(signals: Mapping[str, SignalSnapshot]) -> pd.DataFrame:
    """Standard deviation of the activations in several stacks; columns as in `depth_data`."""
    series = [
        Series(label, [layer.std for layer in signal.layers], [layer.std for layer in signal.theory])
        for label, signal in signals.items()
    ]
    return depth_data(series, log_scale=True)


def cases_chart(*, labels: tuple[str, ...]) -> alt.LayerChart:
    """One colour a stack, theory dashed; reads `cases`."""
    colours = theme.CLASS_COLOURS[: len(labels)]
    return depth_chart(name="cases", title="Activations: std (log)", names=labels, colours=colours, log_scale=True)


def cases_alt() -> str:
    return "Standard deviation of each layer's activations in the lecture's five stacks, on a log axis, theory dashed."


def squares_data(signals: Sequence[SignalSnapshot]) -> pd.DataFrame:
    """Mean square after the first layer (block 0) and after each block, without and with zero-init."""
    series = [
        Series(name, *([layer.mean**2 + layer.std**2 for layer in layers] for layers in (signal.layers, signal.theory)))
        for name, signal in zip((WITHOUT, WITH), signals, strict=False)
    ]
    return depth_data(series, log_scale=True, first=0)


def squares_chart() -> alt.LayerChart:
    """Log axis, closed form dashed; reads `squares`."""
    names, colours = (WITHOUT, WITH), (theme.GRADIENTS, theme.ACTIVATIONS)
    title = "Mean square of the signal (log)"
    return depth_chart(name="squares", title=title, names=names, colours=colours, log_scale=True, x_title="Block")


def squares_alt() -> str:
    return "Mean square of the signal after each residual block on a log axis, as drawn and with zero-init."
