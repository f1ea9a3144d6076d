"""What every chart is checked for: the table of charts, and a spec as the page sends it."""

import json
from collections.abc import Callable, Iterator

import altair as alt

from playground.charts import curves, histograms, landscape, layers, predictions, update_ratio

# chart function, its arguments, the named data that it reads, its text alternative
CHARTS = {
    "loss": (curves.loss_chart, {"unit": "nats"}, "loss", curves.loss_alt(unit="nats")),
    "loss, log": (curves.loss_chart, {"unit": "nats", "log_scale": True}, "loss", curves.loss_alt(unit="nats")),
    "loss, bands": (curves.loss_chart, {"unit": "nats", "has_bands": True}, "loss", curves.loss_alt(unit="nats")),
    "accuracy": (curves.accuracy_chart, {}, "accuracy", curves.accuracy_alt()),
    "learning rate": (curves.learning_rate_chart, {}, "learning_rate", curves.learning_rate_alt()),
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
    "curvatures": (landscape.curvature_chart, TWO, "curvatures", landscape.curvature_alt()),
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
