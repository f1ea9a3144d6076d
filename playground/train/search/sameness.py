"""Trials that cannot differ: those whose values differ only where the other choices leave a field without effect."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from playground.config import Config
from playground.fields import SPECS
from playground.parsing import ConfigError
from playground.rules import unused_fields
from playground.train.search.axis import Axis
from playground.train.search.trials import Trial, checked_configs


@dataclass(frozen=True)
class Sameness:
    """How many trials are the same training as another.

    Args:
        counts: (method, how many, of how many trials) of each method that has any.
        reasons: why a searched field has no effect in some trials, each once.
        idle: (field, the field whose choice decides, the choices with which it has an effect), where that can be told.
    """

    counts: tuple[tuple[str, int, int], ...] = ()
    reasons: tuple[str, ...] = ()
    idle: tuple[tuple[str, str, tuple[str, ...]], ...] = ()


def training_key(config: Config) -> Hashable:
    """Equal for Configs that are the same training: all fields but those without effect."""
    idle = unused_fields(config)
    return tuple((name, getattr(config, name)) for name in SPECS if name not in idle)


def training_of(trial: Trial) -> int:
    """Number of the trial whose training it is, its own or that of another."""
    return trial.number if trial.same_as is None else trial.same_as


def same_counts(trials: Sequence[Trial], keys: Iterable[Hashable]) -> tuple[tuple[str, int, int], ...]:
    """As `Sameness.counts`.

    Args:
        keys: one for each trial, equal for trials that are the same training.
    """
    groups = Counter((trial.method, key) for trial, key in zip(trials, keys, strict=True))
    tried = Counter(trial.method for trial in trials)
    same: Counter[str] = Counter()
    for (method, _), number in groups.items():
        same[method] += number if number > 1 else 0
    return tuple((method, same[method], number) for method, number in tried.items() if same[method])


def sameness(axes: Sequence[Axis], trials: Sequence[Trial], base: Config) -> Sameness:
    """What these trials have in common before any of them is trained; those that are refused are left out."""
    checked = [
        (trial, config)
        for trial, config in zip(trials, checked_configs(trials, base), strict=True)
        if not isinstance(config, ConfigError)
    ]
    counts = same_counts([trial for trial, _ in checked], [training_key(config) for _, config in checked])
    if not counts:
        return Sameness()
    reasons = [
        reason for trial, config in checked for field, reason in unused_fields(config).items() if field in trial.params
    ]
    idle = tuple(
        (axis.field, other.field, names)
        for axis in axes
        for other in axes
        if not axis.depends_on and (names := deciding_choices(axis, other, base))
    )
    return Sameness(counts, tuple(dict.fromkeys(reasons)), idle)


def deciding_choices(axis: Axis, other: Axis, base: Config) -> tuple[str, ...]:
    """The choices of the other field with which this one has an effect; () where all or none of them are so."""
    if other.field == axis.field or not other.choices or other.depends_on:
        return ()
    names = tuple(name for name in other.choices if _has_effect(axis.field, other.field, name, base))
    return names if len(names) < len(other.choices) else ()


def why_idle(axis: Axis, axes: Sequence[Axis], base: Config) -> str:
    """Why a field has no effect in any trial; "" where a choice that is searched gives it one."""
    reason = unused_fields(base).get(axis.field, "")
    tried = ((other.field, name) for other in axes if other.field != axis.field for name in other.choices)
    return "" if any(_has_effect(axis.field, *choice, base) for choice in tried) else reason


def _has_effect(field: str, other: str, name: str, base: Config) -> bool:
    try:
        return field not in unused_fields(Config.parse(base.changes() | {other: name}))
    except ConfigError:
        return True  # its trials will be refused, and that is said
