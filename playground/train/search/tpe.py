"""Suggestions: where Optuna's TPE sampler would try next. Needs the optional requirement optuna."""

import warnings
from collections.abc import Sequence
from typing import Any

from playground.fields import SPECS
from playground.seeds import stream_seed
from playground.train.search.axis import LOG, Axis
from playground.train.search.points import Params, active
from playground.train.search.trials import Trial

FIRST = 10  # random trials before anything can be learned from them; Optuna's own number
BATCH = 8  # trials that are trained together; a larger one would learn less often
WORST = 1.0  # above every objective


def batches(trials: int) -> list[int]:
    """Sizes of the batches in which so many trials are tried."""
    rest = max(trials - FIRST, 0)
    return [size for size in (min(trials, FIRST), *[BATCH] * (rest // BATCH), rest % BATCH) if size]


class Suggestions:
    """Asks for points and is told how they went; equal answers to a seed give equal points.

    A trial that diverged, was cut or refused is told as worse than all others: told as failed it would be left out, and
    the same corner tried again.

    Source: Watanabe, Tree-structured Parzen estimator, 2023, arXiv:2304.11127; optuna.samplers.TPESampler
    """

    def __init__(self, axes: Sequence[Axis], seed: int):
        import optuna  # in a worker only

        optuna.logging.set_verbosity(optuna.logging.WARNING)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
            sampler = optuna.samplers.TPESampler(
                n_startup_trials=FIRST,
                multivariate=len(axes) > 1,  # so that fields that hang together are drawn together
                group=any(axis.depends_on for axis in axes),  # else one that is not always there is drawn alone
                constant_liar=True,  # else all of one batch would be drawn at the same place
                seed=stream_seed(seed, "search"),
            )
        self._study = optuna.create_study(direction="minimize", sampler=sampler)
        self._axes = axes
        always = (axis for axis in axes if not axis.depends_on)
        self._always = {axis.field: _distribution(optuna.distributions, axis) for axis in always}
        self._asked: list[Any] = []

    def ask(self, count: int) -> list[Params]:
        """The next points."""
        self._asked, points = [], []
        for _ in range(count):
            trial = self._study.ask(self._always)
            for axis in self._axes:
                if axis.depends_on and axis.is_active(trial.params):
                    _suggest(trial, axis)
            self._asked.append(trial)
            points.append(active(self._axes, trial.params))
        return points

    def tell(self, trials: Sequence[Trial]) -> None:
        """How all the points that were asked for last went."""
        for asked, trial in zip(self._asked, trials, strict=True):
            self._study.tell(asked, objective(trial))


def objective(trial: Trial) -> float:
    """Lower is better, in the order of Trial.score: accuracy decides, of equals the loss."""
    if trial.score is None:
        return WORST
    accuracy, negative_loss = trial.score
    loss = -negative_loss
    least_step = 1 / (SPECS["num_samples"].high or 1)  # between two accuracies
    return least_step / 2 * loss / (1 + loss) - accuracy


def _suggest(trial: Any, axis: Axis) -> None:
    """Add a value of a field that only some trials have."""
    if axis.choices:
        trial.suggest_categorical(axis.field, axis.choices)
    elif SPECS[axis.field].is_whole:
        trial.suggest_int(axis.field, int(axis.low), int(axis.high), log=axis.scale == LOG)
    else:
        trial.suggest_float(axis.field, axis.low, axis.high, log=axis.scale == LOG)


def _distribution(distributions: Any, axis: Axis) -> Any:
    if axis.choices:
        return distributions.CategoricalDistribution(axis.choices)
    if SPECS[axis.field].is_whole:
        return distributions.IntDistribution(int(axis.low), int(axis.high), log=axis.scale == LOG)
    return distributions.FloatDistribution(axis.low, axis.high, log=axis.scale == LOG)
