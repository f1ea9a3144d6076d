"""Gradient norms through the layers of several stacks, one line an activation."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from playground.charts.activation_look import activation_colour
from playground.charts.depth import Series, depth_chart, depth_data
from playground.jobs.signals import SignalsSnapshot


def gradient_depth_data(snapshot: SignalsSnapshot, labels: Sequence[str]) -> pd.DataFrame:
    """Norm of each layer's weight gradient; columns as in `depth_data`."""
    series = [
        Series(label, [layer.grad_norm for layer in signal.layers])
        for label, signal in zip(labels, snapshot.signals, strict=False)
    ]
    return depth_data(series, log_scale=True)


def gradient_depth_chart(*, names: tuple[str, ...], labels: tuple[str, ...]) -> alt.LayerChart:
    """Log axis, a colour and a shape an activation; reads the named data `gradient_depth`."""
    return depth_chart(
        name="gradient_depth",
        title="Norm of the weight gradient (log)",
        names=labels,
        colours=tuple(activation_colour(name) for name in names),
        log_scale=True,
    ).properties(height=380)


def gradient_depth_alt() -> str:
    return "Norm of each layer's weight gradient on a log axis, one line for each activation, first layer on the left."
