"""One control for each kind of Config field."""

from dataclasses import replace
from typing import Any

import streamlit as st

from playground.parsing import entry_text, number_text
from playground.spec import Spec
from playground.ui.fields.fields import CHOICE, LIST, MANY, NUMBER, SWITCH, TEXT, Field, show_held

NONE = "none"
MAX_PILLS = 7
LONGEST_LABEL = 12  # characters that half the sidebar has room for


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


def field_of(name: str, spec: Spec, value: Any, *, reason: str = "", group: str = "") -> Field:
    """The field that fits a Spec.

    Args:
        name: of the field, by which its hands come.
        value: as `to_widget` makes it.
        reason: why it has no effect; "" when it has one.
    """
    options = {key: row.label for key, row in spec.table.items()} if spec.table else {one: one for one in spec.choices}
    is_number = not options and spec.low is not None and not spec.is_sequence
    return Field(
        name=name,
        kind=kind_of(spec),
        label=spec.label,
        value=value,
        help=f"{f'Not used: {reason} ' if reason else ''}{spec.help}",
        unit=spec.unit,
        is_disabled=bool(reason),
        low=spec.low or 0,
        high=spec.high or 0,
        step=spec.step,
        is_log=spec.log_scale,
        has_slider=spec.log_scale
        and bool(group),  # in a lesson's row, where fields stand on one line, there is no room
        is_whole=spec.is_whole or isinstance(value, int),
        is_number=is_number and not spec.log_scale,
        most=spec.max_length,
        rule="" if options else spec.rule,
        options=options,
        is_wide=is_wide(spec),
        group=group,
    )


def kind_of(spec: Spec) -> str:
    """Kind of the field that fits a Spec."""
    if spec.table is not None or spec.choices:
        return MANY if spec.is_sequence else CHOICE
    if spec.low is None:
        return SWITCH
    if spec.is_sequence:
        return TEXT if spec.is_pairs else LIST
    return NUMBER


def draw_control(spec: Spec, value: Any, shared: dict[str, Any]) -> Any:
    """The widget that fits a field of a lesson; what it holds, as `Config.parse` takes it.

    Args:
        value: what it holds now, as `to_widget` makes it.
        shared: arguments that every widget takes, the key among them.
    """
    if spec.table is not None:
        return _choice(spec, shared)
    if spec.choices:
        return st.selectbox(spec.label, spec.choices, **shared)
    if spec.low is None:
        return st.toggle(spec.label, **shared)
    name = shared["key"].partition("@")[0]  # what is behind it tells how often the value came from elsewhere
    field = field_of(name, spec, value)
    return show_held(
        replace(field, help=shared["help"], is_disabled=shared["disabled"]), key=shared["key"], width=shared["width"]
    )


def _choice(spec: Spec, shared: dict[str, Any]) -> Any:
    labels = {name: row.label for name, row in spec.table.items()}
    if not spec.is_sequence:
        return st.selectbox(spec.label, list(labels), format_func=labels.get, **shared)
    if len(labels) <= MAX_PILLS:
        return st.pills(spec.label, list(labels), selection_mode="multi", format_func=labels.get, **shared)
    return st.multiselect(spec.label, list(labels), format_func=labels.get, placeholder=NONE, **shared)
