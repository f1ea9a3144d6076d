"""Units: what one worker does whole of a search.

They follow from the search alone, so that a trial's result depends neither on the number of parts nor on who trains it.
"""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from playground.config import Config
from playground.jobs.search.settings import SearchSettings
from playground.parsing import ConfigError
from playground.rules import has_folds
from playground.train.search.halving import rungs
from playground.train.search.methods import HALVING, TPE
from playground.train.search.plan import trials_each
from playground.train.search.sameness import training_key
from playground.train.search.tpe import batches
from playground.train.search.trials import REFUSED, Trial, checked_configs
from playground.train.stacked import plan_chunks
from playground.train.stacked.chunks import most_networks

CALLS = 20  # networks whose arithmetic takes as long as calling torch does for a whole stack
CHUNK = "chunk"


@dataclass(frozen=True)
class Unit:
    """Trials that are trained by one worker.

    Args:
        kind: CHUNK, REFUSED, HALVING or TPE.
        configs: of a chunk's trials.
        same: number of a chunk's trial -> others that are the same training, and share it.
        is_stacked: whether a chunk's networks are one stack.
        message: for a person; "" for none.
        cost: of its training, in no particular unit.
    """

    kind: str
    trials: tuple[Trial, ...]
    configs: tuple[Config, ...] = ()
    same: Mapping[int, tuple[Trial, ...]] = field(default_factory=dict)
    is_stacked: bool = False
    message: str = ""
    cost: float = 0.0


def folds_of(config: Config) -> Sequence[int]:
    """Which folds validate in turn; without a cross-validation the Config's own."""
    return range(config.num_folds) if has_folds(config) else [config.fold]


def units_of(search: SearchSettings, repeats: Sequence[int]) -> list[Unit]:
    """The units of these repeats: chunks of the trials that are known before, then brackets, then runs of TPE."""
    plans = [search.plan(repeat) for repeat in repeats]
    fixed = [trial for plan in plans for trial in plan if trial.method not in (HALVING, TPE)]
    units = chunks_of(fixed, search.config)
    each = trials_each(search.space, search.methods, search.trials)
    folds, epochs = len(folds_of(search.config)), search.config.num_epochs
    bracket = _bracket_cost(each, epochs, folds, most_networks(search.config))
    for method, cost in ((HALVING, bracket), (TPE, _batches_cost(each, epochs, folds))):
        own = [tuple(trial for trial in plan if trial.method == method) for plan in plans]
        units += [Unit(method, trials, cost=cost) for trials in own if trials]
    return units


def chunks_of(trials: Sequence[Trial], base: Config) -> list[Unit]:
    """Units of trials whose values are known: those that cannot be, and those that are trained together.

    Trials that are the same training are trained once.
    """
    configs, trained, refused, message = [], [], [], ""
    first: dict[Hashable, Trial] = {}
    same: dict[int, tuple[Trial, ...]] = {}
    for trial, config in zip(trials, checked_configs(trials, base), strict=True):
        if isinstance(config, ConfigError):
            refused.append(trial)
            message = message or f"Some values do not go together. {config}"
        elif (leader := first.setdefault(training_key(config), trial)) is not trial:
            same[leader.number] = (*same.get(leader.number, ()), trial)
        else:
            trained.append(trial)
            configs.append(config)
    units = [Unit(REFUSED, tuple(refused), message=message)] if refused else []
    folds = len(folds_of(base))
    for chunk in plan_chunks(configs, each=folds):
        own = tuple(configs[number] for number in chunk.numbers)
        reason = chunk.reason and f"Trials are trained one after another. {chunk.reason}"
        cost = _cost(own[0].num_epochs, len(own) * folds, is_stacked=chunk.is_stacked)
        leaders = tuple(trained[number] for number in chunk.numbers)
        shared = {trial.number: same[trial.number] for trial in leaders if trial.number in same}
        units.append(Unit(CHUNK, leaders, own, shared, chunk.is_stacked, reason, cost))
    return units


def refused_in(units: Sequence[Unit]) -> dict[int, Trial]:
    """Trials that are not trained, by their number."""
    refused = [trial for unit in units if unit.kind == REFUSED for trial in unit.trials]
    return {trial.number: replace(trial, status=REFUSED) for trial in refused}


def _cost(epochs: int, networks: int, *, is_stacked: bool = True) -> float:
    return epochs * (CALLS + networks if is_stacked else networks * (CALLS + 1))


def _bracket_cost(each: int, num_epochs: int, folds: int, most: int) -> float:
    cost, before = 0.0, 0
    for rung in rungs(each, num_epochs):
        stacks = math.ceil(rung.trials * folds / most)
        cost += stacks * _cost(rung.epochs - before, math.ceil(rung.trials * folds / stacks))
        before = rung.epochs
    return cost


def _batches_cost(each: int, num_epochs: int, folds: int) -> float:
    return sum(_cost(num_epochs, size * folds) for size in batches(each))
