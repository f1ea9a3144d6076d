"""The rows of the picture of a search: where each trial lies, and what is said of it."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from playground.charts import theme
from playground.charts.search.axes import place_in, text_in
from playground.charts.search.scores import ScoreScale, is_finite, score_of, score_text
from playground.train.search.axis import Axis
from playground.train.search.trials import Trial
from playground.train.search.verdict import best_trial

NO_SCORE = -1.0  # shade of a trial without a score
WORST = (-math.inf, -math.inf)
COLUMNS = {
    "number": "int32",
    "x": "float32",
    "y": "float32",
    "shade": "float32",
    "is_lost": "bool",
    "best": "object",
    "is_chosen": "bool",
    "x_text": "object",
    "y_text": "object",
    "score": "object",
    "status": "object",
}


def points_data(
    trials: Sequence[Trial], axes: Sequence[Axis], scale: ScoreScale | None, *, chosen: int | None = None
) -> pd.DataFrame:
    """One row a trial, the best last, so that it lies on top; above 500 the evenly thinned ones and the best.

    Args:
        trials: of one method.
        axes: one or two; over one axis, the height is the score.
        chosen: number of the trial that is looked at.

    Returns:
        Columns number, x and y (shares of the axes; UNSET_AT where a field is not set), shade (of the score; NO_SCORE
        without one), is_lost (it ended without a score), best (words at the best trial, "" at others), is_chosen, and
        in words x_text, y_text ("" over one axis), score and status.
    """
    best = best_trial([trial for trial in trials if trial.has_ended])
    in_order = sorted(trials, key=lambda trial: (trial is best, trial.score or WORST))
    rows = [_row(in_order[index], axes, scale, chosen) for index in theme.thinned(len(in_order))]
    if best is not None and scale is not None:
        rows[-1]["best"] = f"best\n{rows[-1]['score']}"
    # By columns, since it travels twice a second: from rows it would take twice the time.
    columns = {name: np.array([row[name] for row in rows], dtype=kind) for name, kind in COLUMNS.items()}
    return pd.DataFrame(columns, copy=False)


def _row(trial: Trial, axes: Sequence[Axis], scale: ScoreScale | None, chosen: int | None) -> dict[str, object]:
    score = None if scale is None else score_of(trial, is_share=scale.is_share)
    has_score = scale is not None and is_finite(score)
    shade = scale.shade(score) if has_score else NO_SCORE
    shares = [place_in(axis, trial.params) for axis in axes]
    x_text, y_text, *_ = [*(text_in(axis, trial.params) for axis in axes), ""]
    return {
        "number": trial.number,
        "x": shares[0],
        "y": shares[1] if len(shares) > 1 else max(shade, 0.0),
        "shade": shade,
        "is_lost": not has_score and trial.has_ended,
        "best": "",
        "is_chosen": trial.number == chosen,
        "x_text": x_text,
        "y_text": y_text,
        "score": score_text(score, is_share=scale.is_share) if has_score else "none",
        "status": trial.status,
    }
