"""What every lesson is made of: controls of Config fields outside the sidebar form, and the words around a picture."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from playground.fields import SPECS
from playground.parsing import ConfigError
from playground.spec import Spec
from playground.ui.fields.widgets import draw_control, to_widget
from playground.ui.place.checks import fits, one_of
from playground.ui.place.place import keep
from playground.ui.words import plain

CONTROL_WIDTH = 168  # pixels; two controls beside each other on a phone, seven on a laptop


def control_row() -> DeltaGenerator:
    """A row for controls of CONTROL_WIDTH, as many beside each other as the screen holds."""
    return st.container(horizontal=True, vertical_alignment="bottom")


def lesson_control(
    page: str,
    name: str,
    start: Any,
    *,
    spec: Spec | None = None,
    low: float | None = None,
    high: float | None = None,
    step: float | None = None,
    reason: str = "",
    width: int | Literal["stretch"] = "stretch",
) -> Any:
    """The control of one field, with the label, help and bounds of its Spec; returns a value for `Config.parse`.

    It belongs to the lesson alone, not to the session's Config, and is found again when the visitor comes back, and by
    the page's address.

    Args:
        page: first part of the control's name, `{page}_{name}`; see `playground.ui.place.place`.
        start: what it holds at first.
        spec: of a field that is not of the Config.
        low, high, step: bounds of a slider instead of the form's control.
        reason: why the field has no effect; "" when it has one. Such a control is greyed out.
        width: in pixels; CONTROL_WIDTH in a `control_row`.
    """
    spec, check = spec or SPECS[name], fits(name, spec, start, low, high)
    key = keep(f"{page}_{name}", to_widget(spec, start), check, label=spec.label)
    shared = {
        "key": key,
        "help": f"{f'Not used: {reason} ' if reason else ''}{spec.help}",
        "disabled": bool(reason),
        "persist_state": "session",
        "width": width,
    }
    if low is None or high is None:
        return draw_control(spec, st.session_state[key], shared)
    kind = type(start)
    label = f"{spec.label} ({spec.unit})" if spec.unit and spec.unit not in spec.label.lower() else spec.label
    return st.slider(label, kind(low), kind(high), step=kind(step or spec.step), **shared)


def choose_part(parts: Mapping[str, str], *, key: str, first: str = "") -> str:
    """Name of the part of a lesson that is looked at, so that only what is seen is computed.

    Args:
        parts: name -> label.
        first: that is looked at first; "": the first of them.
    """
    return st.segmented_control(
        "Part of the lesson",
        list(parts),
        required=True,
        format_func=parts.get,
        key=keep(key, first or next(iter(parts)), one_of(parts), label="Part of the lesson"),
        label_visibility="collapsed",
        persist_state="session",
    )


def show_lesson(title: str, parts: Mapping[str, Callable[[], None]], *, key: str) -> str:
    """The title of a lesson, the choice of its parts, and the part that is looked at, whose label it returns.

    Args:
        parts: label -> what shows the part.
    """
    st.title(title, anchor=False)
    label = choose_part({label: label for label in parts}, key=key)
    parts[label]()
    return label


@contextmanager
def refusals() -> Iterator[None]:
    """Around the making of a job: what cannot run is said in one sentence for each field, and the page ends there."""
    try:
        yield
    except ConfigError as error:
        for name, problem in error.problems.items():
            st.warning(plain(f"{name}: {problem}"))
        st.stop()


def show_numbers(sentences: Sequence[str]) -> None:
    """What the numbers say, under their picture; one element, however many sentences."""
    st.markdown("\n".join(["**What the numbers say**", "", *(f"- {sentence}" for sentence in sentences)]))


def show_source(*sources: str) -> None:
    """Where the claims of a part come from."""
    st.caption(f"Source: {'; '.join(sources)}")
