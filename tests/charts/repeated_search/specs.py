"""The charts of repeated searches, as `tests.charts.specs.CHARTS` lists the others."""

from playground.charts.repeated_search import best as repeated_best
from playground.charts.repeated_search import theory as repeated_theory
from playground.charts.repeated_search import trials as repeated_trials

TITLES = {"x_title": "Learning rate", "y_title": "Accuracy"}
REPEATED_CHARTS = {
    "best scores": (
        repeated_best.best_scores_chart,
        {"title": "Best score"},
        "best_scores",
        repeated_best.best_scores_alt(),
    ),
    "differences": (
        repeated_best.differences_chart,
        {"title": "Difference", "is_share": True},
        "differences",
        repeated_best.differences_alt(),
    ),
    "repeated trials": (repeated_trials.repeated_trials_chart, TITLES, "trials", repeated_trials.repeated_trials_alt()),
    "repeated trials, log": (
        repeated_trials.repeated_trials_chart,
        {**TITLES, "domain": (1e-4, 1.0), "is_log": True, "is_share": True},
        "trials",
        repeated_trials.repeated_trials_alt(),
    ),
    "chance": (repeated_theory.chance_chart, {"shares": (0.01, 0.05)}, "chance", repeated_theory.chance_alt()),
    "distance": (repeated_theory.distance_chart, {}, "distance", repeated_theory.distance_alt()),
}
