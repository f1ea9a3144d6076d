"""What the colours of trials mean: from the worst score to the best, one scale for all pictures of a search."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import numpy as np
import pandas as pd

from playground.charts import theme
from playground.train.search.trials import Trial

STEPS = 40  # pieces of the colour bar
OVERLAP = 1.3  # width of a piece in steps, so that no seams are seen
LEAST_ERROR = 1e-3  # smaller ones look the same
NUMBERS = 5  # under it
HEIGHT = 68  # pixels, the title included


@dataclass(frozen=True)
class ScoreScale:
    """Shade 0 is the worst score, 1 the best; between them the logarithm of the error, so that good ones differ too.

    Args:
        worst, best: scores at the two ends.
        is_share: accuracy in [0, 1], with the error 1 - accuracy; else a loss.
    """

    worst: float
    best: float
    is_share: bool

    def shade(self, score: float) -> float:
        """In [0, 1]."""
        worst, best, place = self._place(self.worst), self._place(self.best), self._place(score)
        return 1.0 if worst == best else min(max((place - worst) / (best - worst), 0.0), 1.0)

    def score_at(self, shade: float) -> float:
        worst, best = self._place(self.worst), self._place(self.best)
        error = 10 ** (worst + shade * (best - worst))
        return 1 - error if self.is_share else error

    def _place(self, score: float) -> float:
        return math.log10(max(1 - score if self.is_share else score, LEAST_ERROR))


def score_of(trial: Trial, *, is_share: bool) -> float | None:
    """What a trial is coloured by: accuracy where there is one, else loss."""
    return trial.val_accuracy if is_share else trial.val_loss


def is_finite(score: float | None) -> bool:
    return score is not None and math.isfinite(score)


def score_text(score: float, *, is_share: bool) -> str:
    return f"{score:.1%}" if is_share else f"{score:.3g}"


def score_scale(trials: Sequence[Trial], *, is_share: bool) -> ScoreScale | None:
    """The scale of these trials; None while none has a score."""
    scores = [score for trial in trials if is_finite(score := score_of(trial, is_share=is_share))]
    if not scores:
        return None
    ends = (min(scores), max(scores)) if is_share else (max(scores), min(scores))
    return ScoreScale(*ends, is_share)


def score_bar_data(scale: ScoreScale | None) -> pd.DataFrame:
    """Columns low, high, shade (of each piece of the bar) and text (a score; "" for most pieces)."""
    steps, places = np.arange(STEPS if scale else 0) / STEPS, np.linspace(0, 1, NUMBERS if scale else 0)
    texts = [score_text(scale.score_at(place), is_share=scale.is_share) for place in places] if scale else []
    texts = [text if text not in texts[:index] else "" for index, text in enumerate(texts)]  # once, where all are alike
    columns = {
        "low": np.concatenate([steps, places]),
        "high": np.concatenate([np.minimum(steps + OVERLAP / STEPS, 1), places]),
        "shade": np.concatenate([steps + 0.5 / STEPS, places]),
    }
    words = np.array([""] * len(steps) + texts, dtype=object)
    return pd.DataFrame({name: column.astype(np.float32) for name, column in columns.items()} | {"text": words})


def score_bar_chart(*, title: str) -> alt.LayerChart:
    """The colours with the scores they stand for, worst on the left; reads the named data `score_bar`."""
    base = alt.Chart(alt.NamedData("score_bar"))
    x = alt.X("low:Q", scale=alt.Scale(domain=[0, 1]), axis=None)
    pieces = base.transform_filter("datum.text == ''").mark_rect(tooltip=None)
    layers = [pieces.encode(x=x, x2=alt.X2("high:Q"), y=alt.YValue(0), y2=alt.Y2Value(10), color=score_colour())]
    for test, align in (
        ("datum.low == 0", "left"),
        ("datum.low > 0 && datum.low < 1", "center"),
        ("datum.low == 1", "right"),
    ):
        numbers = base.transform_filter(f"datum.text != '' && {test}").mark_text(
            align=align, baseline="top", tooltip=None
        )
        layers.append(numbers.encode(x=x, y=alt.YValue(16), text=alt.Text("text:N")))
    words = alt.TitleParams(
        title, anchor="start", fontSize=theme.TITLE_SIZE, fontWeight="normal", color=theme.MARKER, offset=6
    )
    return theme.styled(alt.layer(*layers, height=HEIGHT, title=words), has_frame=False)


def score_bar_alt(*, title: str) -> str:
    return f"Colours of the trials by {title.lower()}, from the worst on the left to the best on the right."


def score_colour() -> alt.Color:
    """Colour by the column `shade`."""
    scale = alt.Scale(domain=[0, 1], range=list(theme.SCORE_COLOURS), interpolate="rgb")
    return alt.Color("shade:Q", scale=scale, legend=None)
