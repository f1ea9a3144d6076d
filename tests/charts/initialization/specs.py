"""The charts of the lesson on initialization, as `tests.charts.specs.CHARTS` lists the others."""

from playground.charts.initialization import signal, symmetry

LABELS = {"labels": ("a", "b")}
SIGNAL_CHARTS = {
    "signal std": (signal.std_chart, {}, "stds", signal.std_alt()),
    "signal gradients": (signal.gradient_std_chart, {}, "gradient_stds", signal.gradient_std_alt()),
    "signal means": (signal.mean_chart, {}, "means", signal.mean_alt()),
    "signal shares": (signal.share_chart, {}, "shares", signal.share_alt()),
    "signal cases": (signal.cases_chart, LABELS, "cases", signal.cases_alt()),
    "signal squares": (signal.squares_chart, {}, "squares", signal.squares_alt()),
    "unit differences": (symmetry.difference_chart, LABELS, "differences", symmetry.difference_alt()),
}
for number in (1, 50):
    ARGUMENTS = {"num_layers": number}
    CHART = (signal.backward_chart, ARGUMENTS, "backward", signal.backward_alt(**ARGUMENTS))
    SIGNAL_CHARTS[f"signal backward, {number}"] = CHART
