"""Fields of our own: one component for whatever the server may change after it was shown, and for all typed numbers.

What a person did comes as hands (`hands.py`); what is sent to the browser is all that it shows.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from functools import partial
from typing import Any, Literal

import streamlit as st

from playground.parsing import shown
from playground.spec import number_text
from playground.ui.fields.hands import STATE, Hand, Taker, expect, session_name, take_hands, taken
from playground.ui.serving.scripts import imported

NUMBER, LIST, TEXT, CHOICE, SWITCH, MANY = "number", "list", "text", "choice", "switch", "many"
LONGEST_TEXT = 400  # characters that a field takes
_PARTS = ("fields/numbers", "fields/hands", "fields/help", "fields/kinds", "fields/fields")

_draw = st.components.v2.component(
    "playground_fields", html='<div class="fields"></div>', js=imported("fields", _PARTS, style="fields/fields")
)


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field as it is drawn.

    Args:
        name: by which its hands come.
        kind: NUMBER, LIST of whole numbers, TEXT, CHOICE, SWITCH or MANY choices.
        value: what it holds: text, number, bool, or names for MANY.
        unit: shown inside.
        is_disabled: greyed out; the help says why.
        low, high: of a number, or of each number of a list.
        step: what plus, minus and the arrow keys add.
        is_log: they go through 1, 3 and 10 instead.
        has_slider: under it, through the same numbers.
        is_whole: a number without a fraction.
        is_number: the value is a number, not text that says one.
        most: numbers in a list.
        rule: what a value must be, as the end of a sentence.
        options: name -> label.
        is_wide: needs the whole width.
        group: tab that it lies under; "" above all tabs.
    """

    name: str
    kind: str
    label: str
    value: Any
    help: str = ""
    unit: str = ""
    is_disabled: bool = False
    low: float = 0
    high: float = 0
    step: float = 1
    is_log: bool = False
    has_slider: bool = False
    is_whole: bool = False
    is_number: bool = False
    most: int = 0
    rule: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    is_wide: bool = False
    group: str = ""

    @property
    def message(self) -> dict[str, Any]:
        """For the browser; what is as usual is left out."""
        told = {name: value for name, value in vars(self).items() if value != _USUAL[name] and name != "options"}
        if self.options:
            told["options"] = list(self.options.items())
        if self.kind in (NUMBER, LIST, TEXT):
            told["value"] = self.value if isinstance(self.value, str) else number_text(self.value)
        return told

    def read(self, came: Any) -> Any:
        """The value that a hand means.

        Raises:
            ValueError: where it cannot be that of this field; a browser can send anything.
        """
        if self.kind == SWITCH and isinstance(came, bool):
            return came
        if self.kind == CHOICE and isinstance(came, str) and came in self.options:
            return came
        if self.kind == MANY and isinstance(came, list) and all(isinstance(one, str) for one in came):
            return [name for name in self.options if name in came]
        if isinstance(came, str) and len(came) <= LONGEST_TEXT and self.kind in (LIST, TEXT):
            return came
        if isinstance(came, str) and len(came) <= LONGEST_TEXT and self.kind == NUMBER:
            return self._number(came)
        raise ValueError(f"{self.name}: {shown(came)}")

    def _number(self, text: str) -> Any:
        number = float(text)
        if not self.low <= number <= self.high or (self.is_whole and number != int(number)):
            raise ValueError(f"{self.name}: {self.rule}")
        if not self.is_number:
            return number_text(number)
        return int(number) if self.is_whole else number


_USUAL = {one.name: one.default for one in fields(Field)}


def show_fields(
    shown_fields: Sequence[Field],
    *,
    key: str,
    take: Taker,
    width: int | Literal["stretch"] = "stretch",
    columns: int = 1,
    problems: Mapping[str, str] | None = None,
) -> None:
    """Draw fields that hold what they are given.

    Args:
        take: gets the hands, before anything else in the page is done.
        columns: fields beside each other; wide ones take them all.
        problems: field -> what is wrong with it.
    """
    expect(key, take)
    data = {
        "key": key,
        "session": session_name(),
        "taken": taken(key),
        "columns": columns,
        "fields": [one.message for one in shown_fields],
        "problems": dict(problems or {}),
    }
    _draw(data=data, key=key, width=width, **{f"on_{STATE}_change": take_hands})


def show_held(held: Field, *, key: str, width: int | Literal["stretch"] = "stretch") -> Any:
    """Draw one field whose value the session keeps under a key, where anything may write it; returns that value.

    Args:
        held: its name stays though the key changes, so that a hand counts that was made before.
    """
    take_hands()
    st.session_state.setdefault(key, held.value)
    now = replace(held, value=st.session_state[key])
    show_fields([now], key=hand_key(held.name), take=partial(_hold, held, key), width=width)
    return now.value


def hand_key(name: str) -> str:
    """Key of the component that shows a field whose value the session keeps; also its class in the page."""
    return f"{name}_field"


def _hold(held: Field, key: str, hands: Sequence[Hand]) -> None:
    for hand in hands:
        # The browser says what is wrong before it sends; who sends it all the same is no person.
        with suppress(ValueError, OverflowError):
            st.session_state[key] = held.read(hand.value)
