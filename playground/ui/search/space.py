"""The controls of a search's space: one to four fields, each with a range or with choices."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from playground.config import Config
from playground.fields import SPECS
from playground.jobs.search.remarks import condition_words
from playground.parsing import ConfigError
from playground.spec import number_text
from playground.train.search.axis import LINEAR, LOG, SCALES, Axis
from playground.train.search.sameness import deciding_choices, why_idle
from playground.train.search.space import MOST_AXES, SEARCHABLE, checked_space
from playground.ui.place.checks import one_of, some_of, switch, text
from playground.ui.place.place import keep, put
from playground.ui.search.ranges import first_choices, first_range
from playground.ui.words import plain

PAGE = "search"
FIRST = ("learning_rate", "weight_decay")


def show_space(config: Config) -> tuple[Axis, ...] | None:
    """Which fields are searched and where; None where a sentence says what is wrong.

    Args:
        config: what all trials have in common.
    """
    fields = st.multiselect(
        "Hyperparameters",
        list(SEARCHABLE),
        format_func=lambda name: SPECS[name].label,
        key=keep(f"{PAGE}_fields", list(FIRST), some_of(SEARCHABLE, most=MOST_AXES), label="Hyperparameters"),
        max_selections=MOST_AXES,
        persist_state="session",
        help=f"What is tried: 1 to {MOST_AXES} fields, each over a range or a list of choices.",
    )
    frames = [st.container(border=True, gap="xsmall") for _ in fields]
    axes = []
    for field, frame in zip(fields, frames, strict=True):
        with frame:
            axes.append(_show_axis(field))
    if not fields:
        st.warning(f"Choose 1 to {MOST_AXES} hyperparameters to try.")
    known = [axis for axis in axes if axis is not None]
    if not fields or len(known) < len(axes):
        return None
    conditions = {axis.field: (other, names) for axis in known for other, names in _deciding(axis, known, config)}
    found = []
    for axis, frame in zip(known, frames, strict=True):
        with frame:
            found.append(_with_condition(axis, conditions, known, config))
    return tuple(found)


def _deciding(axis: Axis, axes: Sequence[Axis], config: Config) -> list[tuple[Axis, tuple[str, ...]]]:
    """Other fields of which only some choices, these, leave this one an effect."""
    return [(other, names) for other in axes if (names := deciding_choices(axis, other, config))][:1]


def _with_condition(
    axis: Axis, conditions: Mapping[str, tuple[Axis, tuple[str, ...]]], axes: Sequence[Axis], config: Config
) -> Axis:
    """The axis, only for the choices with which it has an effect where a person leaves it so."""
    other, names = conditions.get(axis.field, (None, ()))
    if other is None or other.field in conditions:  # no condition may hang on another
        if reason := why_idle(axis, axes, config):
            st.caption(f"Without effect here. {reason}")
        return axis
    limited = replace(axis, depends_on=other.field, only_for=names)
    words = condition_words(limited)
    label = f"{words[0].upper()}{words[1:]}"
    is_limited = st.checkbox(
        label,
        key=keep(_name(axis.field, "only"), True, switch, label=label),
        persist_state="session",
        help="With the other choices it has no effect: trials that differ in it alone would be one training.",
    )
    return limited if is_limited else axis


def take_space(space: Sequence[Axis]) -> None:
    """Make the controls say this space; before they are drawn, as in a callback."""
    put(f"{PAGE}_fields", [axis.field for axis in space])
    for axis in space:
        put(_name(axis.field, "only"), bool(axis.depends_on))
        if axis.choices:
            put(_name(axis.field, "choices"), list(axis.choices))
        else:
            values = {"low": number_text(axis.low), "high": number_text(axis.high), "scale": axis.scale}
            for end, value in values.items():
                put(_name(axis.field, end), value)


def ranged(field: str, low: str, high: str, scale: str) -> Axis:
    """An axis from what was typed.

    Raises:
        ConfigError: one sentence, naming the field.
    """
    checked_space([Axis(field, low, high, scale)])  # reads text too
    number = int if SPECS[field].is_whole else float
    return Axis(field, number(float(low)), number(float(high)), scale)


def _show_axis(field: str) -> Axis | None:
    try:
        return _choices(field) if _has_choices(field) else _range(field)
    except ConfigError as error:
        st.warning("\n\n".join(plain(f"{SPECS[field].label} {problem}") for problem in error.problems.values()))
        return None


def _has_choices(field: str) -> bool:
    return SPECS[field].table is not None or bool(SPECS[field].choices)


def _choices(field: str) -> Axis:
    spec = SPECS[field]
    labels = {name: row.label for name, row in spec.table.items()} if spec.table else {n: n for n in spec.choices}
    key = keep(_name(field, "choices"), list(first_choices(field)), some_of(labels), label=spec.label)
    chosen = st.multiselect(
        spec.label, list(labels), format_func=labels.get, key=key, persist_state="session", help=spec.help
    )
    axis = Axis(field, choices=tuple(chosen))
    if not chosen:
        raise ConfigError({field: "needs two or more choices; add some, or take it out of the hyperparameters."})
    checked_space([axis])
    return axis


def _range(field: str) -> Axis:
    spec = SPECS[field]
    checks = {"low": text, "high": text, "scale": one_of(SCALES)}
    keys = {
        end: keep(_name(field, end), start, check, label=spec.label)
        for (end, check), start in zip(checks.items(), first_range(field), strict=True)
    }
    label = f"{spec.label} ({spec.unit})" if spec.unit and spec.unit not in spec.label.lower() else spec.label
    st.markdown(f"**{label}**", help=spec.help)
    low, high, scale = st.columns([3, 3, 4], gap="xsmall")
    shared = {"persist_state": "session"}
    bounds = f"from {number_text(spec.low)} to {number_text(spec.high)}"
    with low:
        low_text = st.text_input("From", key=keys["low"], help=f"Lower end, {bounds}.", **shared)
    with high:
        high_text = st.text_input("To", key=keys["high"], help=f"Upper end, {bounds}.", **shared)
    with scale:
        chosen = st.selectbox(
            "Scale",
            SCALES,
            format_func={LINEAR: "Linear", LOG: "Log"}.get,
            key=keys["scale"],
            help="Log tries each factor of ten as often as the others; right where usual values span several.",
            **shared,
        )
    return ranged(field, low_text, high_text, chosen)


def _name(field: str, part: str) -> str:
    return f"{PAGE}_{field}_{part}"
