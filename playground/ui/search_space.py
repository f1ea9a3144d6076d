"""The controls of a search's space: one to four fields, each with a range or with choices."""

from collections.abc import Mapping, Sequence

import streamlit as st

from playground.config import SPECS
from playground.field import number_text
from playground.parsing import ConfigError
from playground.train.search.space import LINEAR, LOG, MOST_AXES, SCALES, SEARCHABLE, Axis, checked_space
from playground.ui.place import keep, put
from playground.ui.place_checks import one_of, some_of, text
from playground.ui.search_ranges import first_choices, first_range
from playground.ui.words import plain

PAGE = "search"
FIRST = ("learning_rate", "weight_decay")


def show_space(unused: Mapping[str, str]) -> tuple[Axis, ...] | None:
    """Which fields are searched and where; None where a sentence says what is wrong.

    Args:
        unused: field -> why it has no effect.
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
    axes = [_show_axis(field, unused.get(field, "")) for field in fields]
    if not fields:
        st.warning(f"Choose 1 to {MOST_AXES} hyperparameters to try.")
    return None if not fields or None in axes else tuple(axes)


def take_space(space: Sequence[Axis]) -> None:
    """Make the controls say this space; before they are drawn, as in a callback."""
    put(f"{PAGE}_fields", [axis.field for axis in space])
    for axis in space:
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


def _show_axis(field: str, reason: str) -> Axis | None:
    with st.container(border=True, gap="xsmall"):
        try:
            axis = _choices(field) if _has_choices(field) else _range(field)
        except ConfigError as error:
            st.warning("\n\n".join(plain(f"{SPECS[field].label} {problem}") for problem in error.problems.values()))
            return None
        if reason:
            st.caption(f"Without effect here. {reason}")
        return axis


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
