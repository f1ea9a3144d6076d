"""The charts of the lesson on regularization, as `tests.charts.specs.CHARTS` lists the others."""

from playground.charts.regularization import dropout, penalties, random_parts, ridge

PENALTY = {"column": "zeros", "kinds": ("l1", "subgradient"), "domain": (1e-4, 0.3)}
REGULARIZATION_CHARTS = {
    "penalty zeros": (penalties.penalty_chart, PENALTY, "zeros", penalties.penalty_alt(column="zeros")),
    "penalized weights": (penalties.weights_chart, {"num_layers": 3}, "weights", penalties.weights_alt()),
    "ridge descent": (ridge.descent_chart, {}, "descent", ridge.descent_alt()),
    "ridge path": (ridge.ridge_path_chart, {}, "ridge_path", ridge.ridge_path_alt()),
    "dropout network": (dropout.network_chart, {}, "dropout_network", dropout.network_alt()),
    "dropout outputs": (dropout.output_chart, {}, "dropout_outputs", dropout.output_alt()),
    "dropout averaging": (dropout.averaging_chart, {}, "dropout_averaging", dropout.averaging_alt()),
    "weight matrix": (random_parts.matrix_chart, {}, "weight_matrix", random_parts.matrix_alt()),
    "moments": (random_parts.moment_chart, {}, "moments", random_parts.moment_alt()),
    "survival": (random_parts.survival_chart, {}, "survival", random_parts.survival_alt()),
    "acting blocks": (random_parts.acting_chart, {}, "acting", random_parts.acting_alt()),
}
