"""Gradient norms through the layers of several stacks, one line an activation."""

import altair as alt
import pandas as pd

from playground.catalog import ACTIVATIONS
from playground.charts.activations.look import activation_colour
from playground.charts.depth import Series, depth_chart, depth_data
from playground.jobs.signal.signals import SignalsSnapshot


def stack_names(snapshot: SignalsSnapshot) -> list[tuple[str, str]]:
    """(activation, initializer) of each stack that is done, keys of their rows."""
    configs = [signal.result["config"] for signal in snapshot.signals if signal.result]
    return [(config["activation"], config["initializer"]) for config in configs]


def gradient_norms(snapshot: SignalsSnapshot) -> list[list[float]]:
    """Norm of each layer's weight gradient in each stack that is done."""
    return [[layer.grad_norm for layer in signal.layers] for signal in snapshot.signals if signal.result]


def gradient_depth_data(snapshot: SignalsSnapshot) -> pd.DataFrame:
    """Norms of the stacks that are done, by the label of the activation; columns as in `depth_data`."""
    named = zip(stack_names(snapshot), gradient_norms(snapshot), strict=True)
    return depth_data([Series(ACTIVATIONS[name].label, norms) for (name, _), norms in named], log_scale=True)


def gradient_depth_chart(*, names: tuple[str, ...]) -> alt.LayerChart:
    """Log axis, a colour and a shape an activation; reads the named data `gradient_depth`."""
    return depth_chart(
        name="gradient_depth",
        title="Norm of the weight gradient (log)",
        names=tuple(ACTIVATIONS[name].label for name in names),
        colours=tuple(activation_colour(name) for name in names),
        log_scale=True,
    ).properties(height=380)


def gradient_depth_alt() -> str:
    return "Norm of each layer's weight gradient on a log axis, one line for each activation, first layer on the left."
