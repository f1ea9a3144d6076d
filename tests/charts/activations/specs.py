"""The charts of the lesson on activations, as `tests.charts.specs.CHARTS` lists the others."""

from playground.catalog import ACTIVATIONS
from playground.charts.activations import curves as activation_curves
from playground.charts.activations import dead_units, gradient_depth, positive_inputs
from playground.charts.activations import extras as activation_extras

ALL_NAMES = tuple(ACTIVATIONS)
ALL_LABELS = tuple(row.label for row in ACTIVATIONS.values())
ACTIVATION_CHARTS = {
    f"activation {column}": (
        activation_curves.function_chart,
        {"column": column, "names": ALL_NAMES, "labels": ALL_LABELS},
        "functions",
        activation_curves.function_alt(column=column),
    )
    for column in activation_curves.TITLES
} | {
    "identity": (activation_extras.identity_chart, {}, "identity", activation_extras.identity_alt()),
    "costs": (activation_extras.cost_chart, {"num_rows": 3}, "costs", activation_extras.cost_alt()),
    "gradient depth": (
        gradient_depth.gradient_depth_chart,
        {"names": ALL_NAMES},
        "gradient_depth",
        gradient_depth.gradient_depth_alt(),
    ),
    "signs, few": (positive_inputs.sign_chart, {"num_inputs": 3}, "signs", positive_inputs.sign_alt(kind="a")),
    "signs, many": (positive_inputs.sign_chart, {"num_inputs": 50}, "signs", positive_inputs.sign_alt(kind="a")),
    "neuron paths": (positive_inputs.path_chart, {}, "neuron_paths", positive_inputs.path_alt()),
    "neuron distances": (positive_inputs.distance_chart, {}, "distances", positive_inputs.distance_alt()),
    "silent units": (
        dead_units.silent_chart,
        {"names": ("a", "b"), "num_epochs": 5},
        "silent",
        dead_units.silent_alt(),
    ),
    "cloud": (dead_units.cloud_chart, {"extent": 6.0}, "cloud", dead_units.cloud_alt()),
}
