"""parse_space: the Config fields that a search tries, and their ranges."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from playground.config import Config
from playground.fields import SPECS
from playground.parsing import ConfigError, checked_value, shown
from playground.registry import MAX_SHOWN, did_you_mean
from playground.spec import Spec
from playground.train.search.axis import LINEAR, LOG, SCALES, Axis
from playground.train.search.condition import parsed_condition, refuse_bad_conditions

MOST_AXES = 4
EXAMPLE = "learning_rate:1e-4..1:log,activation:relu|tanh"

# Fields that say how a trial is run, not what is tried.
NOT_SEARCHED = ("seed", "num_seeds", "num_folds", "fold", "test_shift", "device")
SEARCHABLE: Mapping[str, Spec] = {
    name: spec
    for name, spec in SPECS.items()
    if name not in NOT_SEARCHED
    and not spec.is_sequence
    and (spec.table is not None or spec.choices or spec.low is not None)
}


def parse_space(text: str) -> tuple[Axis, ...]:
    """Axes from text such as "learning_rate:1e-4..1:log,optimizer:sgd|adam,momentum@optimizer=adam:0.5..0.95".

    Raises:
        ConfigError: one sentence, naming the field.
    """
    return checked_space([_axis(part.strip()) for part in text.split(",")])


def checked_space(axes: list[Axis] | tuple[Axis, ...]) -> tuple[Axis, ...]:
    """The axes, each checked.

    Raises:
        ConfigError: as `parse_space`.
    """
    if not 1 <= len(axes) <= MOST_AXES:
        raise ConfigError({"space": f"must be 1 to {MOST_AXES} fields, such as {EXAMPLE}, but {len(axes)} came."})
    fields = [axis.field for axis in axes]
    for field in fields:
        if fields.count(field) > 1:
            raise ConfigError({field: "comes twice in the space; give it once."})
    for axis in axes:
        _refuse_unsearchable(axis.field)
        (_check_choices if axis.choices else _check_range)(axis)
    refuse_bad_conditions(axes)
    return tuple(axes)


def _axis(part: str) -> Axis:
    named, *rest = (piece.strip() for piece in part.split(":"))
    field, depends_on, only_for = parsed_condition(named)
    _refuse_unsearchable(field)
    axis = _plain_axis(field, rest, part)
    return replace(axis, depends_on=depends_on, only_for=only_for)


def _plain_axis(field: str, rest: list[str], part: str) -> Axis:
    if _has_choices(field):
        if len(rest) != 1:
            raise ConfigError({field: f"must be {field}:{_example(field)}, but {shown(part)} came."})
        names = (name.strip() for name in rest[0].split("|"))
        return Axis(field, choices=tuple(_value(field, name) for name in names))
    low, dots, high = rest[0].partition("..") if rest else ("", "", "")
    if not dots or len(rest) > 2:
        raise ConfigError({field: f"must be {field}:LOW..HIGH or {field}:LOW..HIGH:log, but {shown(part)} came."})
    return Axis(field, _value(field, low), _value(field, high), rest[1] if len(rest) == 2 else LINEAR)


def _refuse_unsearchable(field: str) -> None:
    if field in SEARCHABLE:
        return
    if not field:
        raise ConfigError({"space": f"needs 1 to {MOST_AXES} fields, such as {EXAMPLE}, but an empty one came."})
    if field not in SPECS:
        problem = f"there is no such field to search. {did_you_mean(field[:MAX_SHOWN], SEARCHABLE)}"
        raise ConfigError({field[:MAX_SHOWN]: problem})
    why = (
        "it says how every trial is run, not what is tried"
        if field in NOT_SEARCHED
        else "it is neither a number nor a choice of one"
    )
    raise ConfigError({field: f"cannot be searched: {why}. Known: {', '.join(SEARCHABLE)}."})


def _has_choices(field: str) -> bool:
    return SPECS[field].table is not None or bool(SPECS[field].choices)


def _example(field: str) -> str:
    return "|".join(list(SPECS[field].table or SPECS[field].choices)[:2])


def _value(field: str, value: Any) -> Any:
    return checked_value(field, SPECS[field], Config.model_fields[field].default, value)


def _check_choices(axis: Axis) -> None:
    if not _has_choices(axis.field):
        raise ConfigError({axis.field: f"must be a range LOW..HIGH, but {shown('|'.join(axis.choices))} came."})
    names = [_value(axis.field, name) for name in axis.choices]
    if len(set(names)) < len(names) or len(names) < 2:
        came = shown("|".join(axis.choices))
        raise ConfigError(
            {axis.field: f"must be two or more different ones, as {_example(axis.field)}, but {came} came."}
        )


def _check_range(axis: Axis) -> None:
    if _has_choices(axis.field):
        raise ConfigError({axis.field: f"must be a choice such as {_example(axis.field)}, but a range came."})
    low, high = _value(axis.field, axis.low), _value(axis.field, axis.high)
    came = f"{low:g}..{high:g} came"
    if axis.scale not in SCALES:
        raise ConfigError({axis.field: f"must have a scale linear or log, but {shown(axis.scale)} came."})
    if low >= high:
        raise ConfigError({axis.field: f"must have a range that rises, but {came}."})
    if axis.scale == LOG and low <= 0:
        way_out = "Raise it, or take a linear scale."
        raise ConfigError({axis.field: f"must start above 0 on a log scale, but {came}. {way_out}"})
