"""What every chart is checked for: the table of charts, and a spec as the page sends it."""

import json
from collections.abc import Callable, Iterator

import altair as alt

from playground.charts import comparison as compare
from playground.charts import histograms
from playground.charts.landscape import picture as landscape
from playground.charts.paths import theory as path_theory
from playground.charts.schedules import learning_rate_finder
from playground.charts.schedules import lines as schedules
from playground.charts.schedules import pitfalls as schedule_pitfalls
from playground.charts.training import curves, layers, predictions, update_ratio

# chart function, its arguments, the named data that it reads, its text alternative
CHARTS = {
    "loss": (curves.loss_chart, {"unit": "nats"}, "loss", curves.loss_alt(unit="nats")),
    "loss, log": (curves.loss_chart, {"unit": "nats", "log_scale": True}, "loss", curves.loss_alt(unit="nats")),
    "loss, bands": (curves.loss_chart, {"unit": "nats", "has_bands": True}, "loss", curves.loss_alt(unit="nats")),
    "loss, cost": (
        curves.loss_chart,
        {"unit": "nats", "has_cost": True, "batch": "one batch, as trained"},
        "loss",
        curves.loss_alt(unit="nats", has_cost=True),
    ),
    "accuracy": (curves.accuracy_chart, {}, "accuracy", curves.accuracy_alt()),
    "learning rate": (curves.learning_rate_chart, {}, "learning_rate", curves.learning_rate_alt()),
    "rate, bands": (curves.learning_rate_chart, {"has_bands": True}, "learning_rate", curves.learning_rate_alt()),
    "confusion": (
        predictions.confusion_chart,
        {"num_classes": 3},
        "confusion",
        predictions.confusion_alt(num_classes=3),
    ),
    "truth": (predictions.truth_chart, {"unit": "mg/dl"}, "truth", predictions.truth_alt(unit="mg/dl")),
}
TWO = {"optimizers": ("sgd", "adam")}
CHARTS |= {
    "path losses": (landscape.path_loss_chart, {**TWO, "unit": "nats"}, "path_losses", landscape.path_loss_alt()),
    "rates": (path_theory.rate_chart, TWO, "rates", path_theory.rate_alt()),
    "curvatures": (landscape.curvature_chart, TWO, "curvatures", landscape.curvature_alt()),
}
PITFALL = schedule_pitfalls.PITFALLS[0]
TITLE = {"title": "Validation accuracy"}
CHARTS |= {
    "schedules": (schedules.schedules_chart, {}, "schedules", schedules.schedules_alt()),
    "schedules, log": (schedules.schedules_chart, {"log_scale": True}, "schedules", schedules.schedules_alt()),
    "plateau": (schedules.plateau_chart, {}, "plateau", schedules.plateau_alt()),
    "pitfall": (schedule_pitfalls.pitfall_chart, {}, "pitfall", schedule_pitfalls.pitfall_alt(PITFALL)),
    "range test": (
        learning_rate_finder.learning_rate_finder_chart,
        {"unit": "nats"},
        "learning_rate_finder",
        learning_rate_finder.learning_rate_finder_alt(unit="nats"),
    ),
    "compare": (compare.compare_chart, {**TITLE, "is_share": True}, "compare", compare.compare_alt(**TITLE)),
    "compared rates": (compare.compare_rates_chart, {}, "compare_rates", compare.compare_rates_alt()),
}
for number in (1, 5, 50):
    LAYERS = {"num_layers": number}
    CHARTS |= {
        f"activations, {number}": (
            histograms.activation_chart,
            LAYERS,
            "activations",
            histograms.activation_alt(**LAYERS),
        ),
        f"gradients, {number}": (histograms.gradient_chart, LAYERS, "gradients", histograms.gradient_alt(**LAYERS)),
        f"shares, {number}": (layers.share_chart, LAYERS, "shares", layers.share_alt(**LAYERS)),
        f"spreads, {number}": (layers.spread_chart, LAYERS, "spreads", layers.spread_alt(**LAYERS)),
        f"grad norms, {number}": (layers.grad_norm_chart, LAYERS, "grad_norms", layers.grad_norm_alt(**LAYERS)),
        f"update ratios, {number}": (
            update_ratio.update_ratio_chart,
            LAYERS,
            "update_ratios",
            update_ratio.update_ratio_alt(**LAYERS),
        ),
    }


def spec(chart: Callable[..., alt.TopLevelMixin], **arguments: object) -> dict:
    """The spec as a page caches it."""
    with alt.theme.enable("none"):
        return json.loads(json.dumps(chart(**arguments).to_dict()))


def walk(node: object) -> Iterator[dict]:
    """Every dict inside a spec."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from walk(child)
