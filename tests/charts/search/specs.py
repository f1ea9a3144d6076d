"""The charts of the Search page, as `tests.charts.specs.CHARTS` lists the others."""

from playground.charts.search import best as search_best
from playground.charts.search import points as search_points
from playground.charts.search import scores as search_scores
from playground.charts.search import trial as search_trial
from playground.train.search.axis import Axis
from playground.train.search.space import parse_space

PLANE = parse_space("learning_rate:1e-4..1:log,dropout:0..0.6")
CHOICES = (Axis("activation", choices=("relu", "tanh", "elu")), *parse_space("batch_size:8..128:log"))
ACCURACY = "Validation accuracy"


def _points(axes: tuple[Axis, ...]) -> tuple:
    arguments = {"axes": axes, "score_title": ACCURACY}
    return search_points.points_chart, arguments, "points", search_points.points_alt(method="Random", axes=axes)


def _best(is_share: bool) -> tuple:
    title = "Validation accuracy" if is_share else "Validation loss (nats)"
    arguments = {"title": title, "is_share": is_share, "room": "Successive halving"}
    return search_best.best_chart, arguments, "best", search_best.best_alt(title=title)


SEARCH_CHARTS = {
    "trials over two axes": _points(PLANE),
    "trials over choices": _points(CHOICES),
    "trials over one axis": _points(PLANE[:1]),
    "colours of trials": (
        search_scores.score_bar_chart,
        {"title": ACCURACY},
        "score_bar",
        search_scores.score_bar_alt(title=ACCURACY),
    ),
    "best accuracy so far": _best(True),
    "best loss so far": _best(False),
    "loss of a trial": (
        search_trial.trial_loss_chart,
        {"unit": "nats", "num_epochs": 5},
        "trial_loss",
        search_trial.trial_loss_alt(unit="nats"),
    ),
    "accuracy of a trial": (
        search_trial.trial_accuracy_chart,
        {"num_epochs": 5},
        "trial_accuracy",
        search_trial.trial_accuracy_alt(),
    ),
}
