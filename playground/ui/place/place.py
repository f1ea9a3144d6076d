"""A page's place: which part of it is looked at and what its controls hold, in the session and in the address.

A control says once what it is called, what it starts with and what it may hold; from then on the page's address speaks
of it. Its widget is never written to after it was shown: a value that comes from elsewhere, as by the browser's Back,
goes to a widget with another key.
"""

from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from playground.link import decode_place, encode_place
from playground.spec import listed
from playground.ui.place.checks import Check, plain

_PLACES, _PAGE = "places", "place_page"


@dataclass(frozen=True)
class Kept:
    """One control of a page.

    Args:
        key: of its widget, under which the session holds its value.
        start: what it holds unless a person says otherwise.
        first: what it held first, where that was not put into the session.
    """

    key: str
    start: Any
    check: Check
    first: Any = None


@dataclass
class Place:
    """Of one page in one session.

    Args:
        values: name -> value of each control that holds something else than its start; not checked until it is drawn.
        kept: name -> control, of all that were drawn.
        turns: name -> how many values came from elsewhere; "" for all names together.
        refused: labels of controls that cannot hold what the address says.
        problem: what was wrong with the address as a whole.
        runs: parameter -> what else the address names, such as a running search.
    """

    values: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, Kept] = field(default_factory=dict)
    turns: dict[str, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    problem: str = ""
    runs: dict[str, str] = field(default_factory=dict)
    _said_with: str | None = None

    def open(self, code: str) -> None:
        """Be where an address says."""
        self.values, self.problem = decode_place(code)
        self.refused, self._said_with = [], None
        if self.kept:
            self.turns[""] = self.turns.get("", 0) + 1
        self.kept = {}

    def code(self) -> str:
        """What the address says; the start of all controls needs no words."""
        for name, kept in self.kept.items():
            if kept.key in st.session_state:
                self._read(name, kept)
        return encode_place(self.values)

    def _read(self, name: str, kept: Kept) -> None:
        try:
            value = kept.check(plain(st.session_state[kept.key]))
        except (ValueError, TypeError, KeyError):  # what a widget sends is checked in the browser only
            return
        self.values.pop(name, None)
        if value != kept.start:
            self.values[name] = plain(value)

    def notices(self, code: str) -> list[str]:
        """Why something is not as the address said, until a person has changed something.

        Args:
            code: of now.
        """
        if self._said_with is None:
            self._said_with = code
        if self._said_with != code:
            self.problem, self.refused = "", []
        if not self.refused:
            return [self.problem] if self.problem else []
        labels = listed([f"“{label}”" for label in self.refused])
        return [f"The link asks for what {labels} cannot be here; the default stands instead."]


def place_of(page: str) -> Place:
    return st.session_state.setdefault(_PLACES, {}).setdefault(page, Place())


def page() -> str:
    """Path of the page that is shown."""
    return st.session_state.get(_PAGE, "")


def here() -> Place:
    """Of the page that is shown."""
    return place_of(page())


def enter(page: str) -> Place:
    """From now on, controls belong to this page."""
    st.session_state[_PAGE] = page
    return here()


def key_of(name: str) -> str:
    """Key of a control's widget, as it is now."""
    turns = here().turns
    turn = f"{turns.get('', 0)}.{turns.get(name, 0)}"
    return name if turn == "0.0" else f"{name}@{turn}"


def keep(name: str, start: Any, check: Check, *, label: str = "") -> str:
    """Key for a widget that the address speaks of; the session holds under it what the widget is to show.

    Args:
        name: of the control, once in all pages, never changed.
        start: what it shows unless the address or the visitor says otherwise.
        check: such as `one_of`.
        label: in a sentence that says what an address asks in vain.
    """
    place, key = here(), key_of(name)
    if key not in st.session_state or _is_lost(st.session_state[key], check):
        st.session_state[key] = _first(place, name, start, check, label)
    place.kept[name] = Kept(key, start, check)
    return key


def keep_span(name: str, start: Any, check: Check, *, label: str = "") -> dict[str, Any]:
    """`key` and `value` of a slider with two ends: it knows them by its value, and must find none in the session."""
    place, key = here(), key_of(name)
    first = place.kept[name].first if name in place.kept else _first(place, name, start, check, label)
    place.kept[name] = Kept(key, start, check, first)
    return {"key": key, "value": first}


def put(name: str, value: Any) -> None:
    """Give a control another value than a person gave it; if it was shown, its widget becomes another one."""
    place = here()
    if name in place.kept:
        place.turns[name] = place.turns.get(name, 0) + 1
    st.session_state[key_of(name)] = value


def _is_lost(value: Any, check: Check) -> bool:
    """Whether a widget holds nothing and must hold something.

    Streamlit tells the browser once what the session has put into a widget. Where that is dropped, because another look
    began meanwhile, the browser draws the widget with nothing chosen and says so.
    """
    if value is not None:
        return False
    try:
        check(None)
    except (ValueError, TypeError, KeyError):
        return True
    return False


def _first(place: Place, name: str, start: Any, check: Check, label: str) -> Any:
    if name not in place.values:
        return start
    try:
        return check(place.values[name])
    except (ValueError, TypeError, KeyError):
        del place.values[name]
        place.refused.append(label or name.replace("_", " "))
        return start
