"""Which field of a search matters: how much worse a forest predicts the trials once the values of one are shuffled.

A forest learns the rank of each trial's score from its values. The rank, because a few losses of 1000 would else be all
that there is to explain; a trial without a score, diverged or cut, comes last. Every trial is predicted by the trees
that have not seen it (out of bag): a search has too few to hold some back, and trials that a tree has seen reward what
it knows by heart, so that on noise every field seems to matter.

Source: Breiman, Random forests, 2001, https://doi.org/10.1023/A:1010933404324
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from playground.train.search.axis import Axis
from playground.train.search.trials import Trial
from playground.train.search.verdict import ranks

if TYPE_CHECKING:
    from sklearn.ensemble import RandomForestRegressor

NUM_TREES = 100
NUM_SHUFFLES = 10
SEED = 0


@dataclass(frozen=True)
class Importance:
    """Of one field.

    Args:
        mean: share of the variance of the ranks that its values explain, alone or together with others; about 0 for a
            field that does not matter, and below by chance.
        std: of this share over the shuffles (ddof=1).
    """

    field: str
    mean: float
    std: float


@dataclass(frozen=True)
class Importances:
    """Of all fields of a search.

    Args:
        rows: in the order of the axes.
        explained: share of the variance of the ranks that the forest explains in trials it has not seen, R^2; not above
            0 where it knows nothing.
    """

    rows: tuple[Importance, ...]
    explained: float


def importances(axes: Sequence[Axis], trials: Sequence[Trial]) -> Importances:
    """Importance of each axis for the score.

    Formula: (R^2 - R^2 shuffled) / 2. A field that explains the variance V alone costs 2 V when it is shuffled, because
    values then come that have nothing to do with the trial.

    Args:
        trials: that have ended, two or more.

    Source: Gregorutti et al., Correlation and variable importance in random forests, 2017, arXiv:1310.5726
    """
    from sklearn.ensemble import RandomForestRegressor  # a second, and only workers ask
    from sklearn.inspection import permutation_importance

    places = _places(axes, trials)
    rank = np.nan_to_num(ranks(trials), nan=-1.0)
    forest = RandomForestRegressor(NUM_TREES, random_state=SEED, n_jobs=1).fit(_inputs(axes, places), rank)
    scorer = _OutOfBag(axes, forest)
    found = permutation_importance(forest, places, rank, scoring=scorer, n_repeats=NUM_SHUFFLES, random_state=SEED)
    shares = found.importances / 2
    spread = shares.std(axis=1, ddof=1)
    rows = zip(axes, shares.mean(axis=1).tolist(), spread.tolist(), strict=True)
    return Importances(tuple(Importance(axis.field, *row) for axis, *row in rows), scorer(forest, places, rank))


def _places(axes: Sequence[Axis], trials: Sequence[Trial]) -> np.ndarray:
    """Where each trial lies on each axis, (N, D).

    A trial that does not set a field lies anywhere on its axis, by chance: as one does that sets a field without
    effect. One place for all of them would tell the forest what the field depends on.
    """
    anywhere = np.random.default_rng(SEED).random((len(trials), len(axes)))
    known = np.array([[axis.share_in(trial.params) for axis in axes] for trial in trials], dtype=float)
    for number, axis in enumerate(axes):
        if axis.choices:  # the middle of a part
            count = len(axis.choices)
            anywhere[:, number] = (np.floor(anywhere[:, number] * count) + 0.5) / count
    return np.where(np.isnan(known), anywhere, known)


def _inputs(axes: Sequence[Axis], places: np.ndarray) -> np.ndarray:
    """What the forest sees, float32 (N, I): the share of a range, and a choice as one input for each of its names.

    The places are shuffled, not these, so that the inputs of a choice always move together.
    """
    columns = []
    for number, axis in enumerate(axes):
        if axis.choices:
            columns += [places[:, number] == axis.share_of(name) for name in axis.choices]
        else:
            columns.append(places[:, number])
    return np.stack(columns, axis=1).astype(np.float32)


class _OutOfBag:
    """R^2 of a forest's predictions, each trial by the trees that have not seen it."""

    def __init__(self, axes: Sequence[Axis], forest: "RandomForestRegressor"):
        self.axes = axes
        rows = np.arange(len(forest.estimators_samples_[0]))
        self.unseen = np.array([~np.isin(rows, seen) for seen in forest.estimators_samples_])  # (trees, N)

    def __call__(self, forest: "RandomForestRegressor", places: np.ndarray, rank: np.ndarray) -> float:
        inputs = _inputs(self.axes, places)
        predicted = np.array([tree.predict(inputs, check_input=False) for tree in forest.estimators_])
        times = self.unseen.sum(axis=0)
        is_known = times > 0
        mean = (predicted * self.unseen).sum(axis=0)[is_known] / times[is_known]
        rank = rank[is_known]
        variance = ((rank - rank.mean()) ** 2).sum()
        return float(1 - ((rank - mean) ** 2).sum() / variance) if variance else 0.0
