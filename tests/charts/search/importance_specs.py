"""The charts on what matters in a search, in the table's form of `tests.charts.specs`."""

from playground.charts.search import importance, parallel_coordinates
from tests.aids.scored_trials import DECAY, KINDS, RATE, TWO

PARALLEL, TITLE = parallel_coordinates.parallel_chart, {"score_title": "Validation loss (nats)"}
IMPORTANCE_CHARTS = {
    f"parallel, {len(axes)}": (
        PARALLEL,
        {"axes": axes, **TITLE},
        "parallel",
        parallel_coordinates.parallel_alt(axes=axes),
    )
    for axes in ((RATE,), TWO, (RATE, DECAY, KINDS))
}
for number in (1, 4):
    IMPORTANCE_CHARTS[f"importance, {number}"] = (
        importance.importance_chart,
        {"num_axes": number},
        "importance",
        importance.importance_alt(),
    )
