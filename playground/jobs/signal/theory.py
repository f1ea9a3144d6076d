"""Where infinite-width theory applies."""

from playground.catalog import INITIALIZERS, NORMALIZATIONS
from playground.catalog.activations import activation_of
from playground.catalog.initializers import Fan
from playground.config import Config


def weight_gain(config: Config) -> float | None:
    """fan_in Var(W) of the layers behind the first; None where weights are not drawn with one variance."""
    row, activation, width = INITIALIZERS[config.initializer], activation_of(config), config.hidden_sizes[-1]
    if row.variance is None:
        return None
    fan = Fan(fan_in=width, fan_out=width * activation.pieces, gain=activation.gain)
    return width * row.variance(fan) * config.init_scale**2


def why_no_theory(config: Config) -> str:
    """Why the variance map says nothing about this network, in one sentence; "" where it applies."""
    initializer = INITIALIZERS[config.initializer]
    if NORMALIZATIONS[config.normalization].target:
        return "No theory line: normalization sets mean and variance anew in every layer, so the map does not apply."
    if initializer.rescales:
        return f"No theory line: {initializer.label} scales every layer until its data have unit variance."
    if initializer.variance is None:
        return "No theory line: the weights are all equal, and the map is for weights drawn at random."
    if config.dropout or config.dropconnect or config.stochastic_depth:
        return "No theory line: the map leaves dropped units and weights out."
    return ""


def how_far_theory_holds(config: Config) -> str:
    """What the map takes for granted, in one sentence."""
    if INITIALIZERS[config.initializer].is_orthogonal:
        return (
            "The map is for independent weights. Orthogonal ones depend on each other, so at finite width layers may "
            "stay closer to it, or further from it, than independent ones; the line is their limit of infinite width."
        )
    return "The map is exact for infinitely wide layers; narrow and deep networks stray from it, each seed in its way."
