"""Conditions of a space: a field that is tried only with some choices of another, such as momentum@optimizer=adam."""

from collections.abc import Sequence
from dataclasses import replace

from playground.parsing import ConfigError, shown, shown_name
from playground.train.search.axis import Axis


def parsed_condition(text: str) -> tuple[str, str, tuple[str, ...]]:
    """Field, the field that it depends on, and the choices of that; from momentum@optimizer=momentum|adam, or one name.

    Raises:
        ConfigError: where something is missing.
    """
    field, at, condition = (piece.strip() for piece in text.partition("@"))
    if not at:
        return field, "", ()
    depends_on, _, names = (piece.strip() for piece in condition.partition("="))
    only_for = tuple(dict.fromkeys(name.strip() for name in names.split("|")))
    if not depends_on or "" in only_for:
        rule = f"must say on what it depends, as {field or 'momentum'}@optimizer=sgd|adam"
        raise ConfigError({field or "space": f"{rule}, but {shown(text)} came."})
    return field, depends_on, only_for


def condition_text(axis: Axis) -> str:
    """The condition as a space has it; "" for none."""
    return f"@{axis.depends_on}={'|'.join(axis.only_for)}" if axis.depends_on else ""


def kept_conditions(axes: Sequence[Axis]) -> list[Axis]:
    """The axes after choices of a space were left out, without conditions that say nothing and fields never tried."""
    choices = {axis.field: axis.choices for axis in axes}
    kept = []
    for axis in axes:
        names = choices.get(axis.depends_on, ())
        only_for = tuple(name for name in axis.only_for if name in names)
        if not axis.depends_on:
            kept.append(axis)
        elif only_for:
            always = len(only_for) == len(names)
            kept.append(
                replace(axis, depends_on="" if always else axis.depends_on, only_for=() if always else only_for)
            )
    return kept


def refuse_bad_conditions(axes: Sequence[Axis]) -> None:
    """Raises ConfigError for the first condition that no trial, or not every trial, could tell."""
    known = {axis.field: axis for axis in axes}
    for axis in axes:
        if problem := _problem(axis, known.get(axis.depends_on)):
            raise ConfigError({axis.field: problem})


def _problem(axis: Axis, on: Axis | None) -> str:
    name = shown_name(axis.depends_on)
    if not axis.depends_on:
        return ""
    if axis.depends_on == axis.field:
        return "cannot depend on itself. Leave out what follows the @."
    if on is None:
        return f"depends on {name}, which is not searched here. Add it with its choices, or leave out the @{name}."
    if not on.choices:
        return f"depends on {name}, which is a range here; only a field with choices can be depended on."
    if on.depends_on:
        return f"depends on {name}, which itself depends on {on.depends_on}. Let both depend on {on.depends_on}."
    strange = [choice for choice in axis.only_for if choice not in on.choices]
    if strange:
        return f"depends on {name}={shown_name(strange[0])}, but the space has {name}:{'|'.join(on.choices)}."
    return ""
