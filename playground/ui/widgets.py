"""One control for each kind of Config field."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from playground.config import Config
from playground.field import Spec
from playground.parsing import entry_text, number_text

NONE = "none"
LOG_STEPS = (1, 3)  # what a logarithmic list offers in each decade
MAX_PILLS = 7
LONGEST_LABEL = 12  # characters that half the sidebar has room for


def key_of(name: str) -> str:
    """Key of a field's control, also its class in the page (`st-key-...`)."""
    return f"field_{name}"


def is_wide(spec: Spec) -> bool:
    """Whether a control needs the whole width: several values, a switch beside its label, or a long choice."""
    if spec.table is None:
        return spec.is_sequence or (spec.low is None and not spec.choices)
    return spec.is_sequence or max(len(row.label) for row in spec.table.values()) > LONGEST_LABEL


def to_widget(spec: Spec, value: Any) -> Any:
    """What the control holds for a value of the Config."""
    if spec.is_sequence and spec.table is None:
        return ", ".join(map(entry_text, value)) or NONE
    if spec.is_sequence:
        return list(value)
    return number_text(value) if spec.log_scale else value


def show_control(name: str, spec: Spec, config: Config, *, on_change: Callable[[str], None], reason: str) -> None:
    """The control of one field, holding the Config's value.

    Args:
        on_change: called with the field's name after a person changed it.
        reason: why the field has no effect; "" when it has one. Such a control is greyed out.
    """
    key, value = key_of(name), to_widget(spec, getattr(config, name))
    if st.session_state.get(key) != value:
        st.session_state[key] = value
    shared = {
        "key": key,
        "help": f"{f'Not used: {reason} ' if reason else ''}{spec.help}",
        "on_change": on_change,
        "args": (name,),
        "disabled": bool(reason),
    }
    draw_control(spec, value, shared)


def draw_control(spec: Spec, value: Any, shared: dict[str, Any]) -> Any:
    """The widget that fits a field; what it holds, as `Config.parse` takes it.

    Args:
        value: what it holds now, as `to_widget` makes it.
        shared: arguments that every widget takes, the key among them.
    """
    label = f"{spec.label} ({spec.unit})" if spec.unit and spec.unit not in spec.label.lower() else spec.label
    if spec.table is not None:
        return _choice(spec, shared)
    if spec.choices:
        return st.selectbox(spec.label, spec.choices, **shared)
    if spec.low is None:
        return st.toggle(spec.label, **shared)
    if spec.is_sequence:
        return st.text_input(label, placeholder=NONE, **shared)
    if spec.log_scale:
        return st.selectbox(label, logarithmic_choices(spec, value), accept_new_options=True, **shared)
    kind = type(value)  # the control wants value, bounds and step of one type
    bounds = {"min_value": kind(spec.low), "max_value": kind(spec.high), "step": kind(spec.step)}
    return st.number_input(label, **bounds, **({} if kind is int else {"format": "%g"}), **shared)


def _choice(spec: Spec, shared: dict[str, Any]) -> Any:
    labels = {name: row.label for name, row in spec.table.items()}
    if not spec.is_sequence:
        return st.selectbox(spec.label, list(labels), format_func=labels.get, **shared)
    if len(labels) <= MAX_PILLS:
        return st.pills(spec.label, list(labels), selection_mode="multi", format_func=labels.get, **shared)
    return st.multiselect(spec.label, list(labels), format_func=labels.get, placeholder=NONE, **shared)


def logarithmic_choices(spec: Spec, value: str) -> list[str]:
    """Values of 1 and 3 in each usual decade, 0 where it is allowed, and the present one."""
    usual = [step * 10.0**power for power in range(-6, 2) for step in LOG_STEPS]
    allowed = {number_text(float(f"{number:g}")) for number in usual if spec.low <= number <= spec.high} | {value}
    if spec.low == 0:
        allowed.add("0")
    return sorted(allowed, key=float)
