"""A page's place: which part of it is looked at and what its controls hold, in the session and in the address.

A control says once what it is called, what it starts with and what it may hold; from then on the page's address speaks
of it. Its widget is never written to after it was shown: a value that comes from elsewhere, as by the browser's Back,
goes to a widget with another key.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from playground.config import SPECS
from playground.field import Spec, listed
from playground.link import MAX_TEXT, decode_place, encode_place
from playground.parsing import parse_value
from playground.ui.widgets import to_widget

_PLACES, _PAGE = "places", "place_page"

Check = Callable[[Any], Any]  # what came from an address -> what the control holds; ValueError where it cannot


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
            value = kept.check(_plain(st.session_state[kept.key]))
        except (ValueError, TypeError, KeyError):  # what a widget sends is checked in the browser only
            return
        self.values.pop(name, None)
        if value != kept.start:
            self.values[name] = _plain(value)

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
    if key not in st.session_state:
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


def _first(place: Place, name: str, start: Any, check: Check, label: str) -> Any:
    if name not in place.values:
        return start
    try:
        return check(place.values[name])
    except (ValueError, TypeError, KeyError):
        del place.values[name]
        place.refused.append(label or name.replace("_", " "))
        return start


def _plain(value: Any) -> Any:
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def one_of(options: Iterable[Any]) -> Check:
    known = list(options)

    def check(came: Any) -> Any:
        found = [one for one in known if _is_same(one, came)]
        return found[0] if found else _refuse()

    return check


def some_of(options: Collection[Any], *, most: int | None = None) -> Check:
    """Several of them, each once."""

    def check(came: Any) -> list[Any]:
        if not isinstance(came, list) or len(came) > (most or len(options)):
            _refuse()
        names = [one_of(options)(one) for one in came]
        return names if len(set(names)) == len(names) else _refuse()

    return check


def span_of(end: Check) -> Check:
    """Two numbers in order, each of which passes a check."""

    def check(came: Any) -> tuple[Any, Any]:
        first, last = map(end, came)
        return (first, last) if first <= last else _refuse()

    return check


def number(low: float, high: float) -> Check:
    def check(came: Any) -> Any:
        is_number = isinstance(came, int | float) and not isinstance(came, bool)
        return came if is_number and low <= came <= high else _refuse()

    return check


def switch(came: Any) -> bool:
    return came if isinstance(came, bool) else _refuse()


def text(came: Any) -> str:
    return came if isinstance(came, str) and len(came) <= MAX_TEXT else _refuse()


def fits(name: str, spec: Spec | None, start: Any, low: float | None = None, high: float | None = None) -> Check:
    """What the control of a Spec may hold, as `to_widget` makes it."""
    spec = spec or SPECS[name]
    bounds = [bound for bound in (low, high) if bound is not None]

    def check(came: Any) -> Any:
        value = parse_value(name, spec, start, came)
        if len(bounds) == 2 and not low <= value <= high:
            _refuse()
        return to_widget(spec, type(start)(value) if isinstance(start, int | float) else value)

    return check


def _is_same(one: Any, came: Any) -> bool:
    return _plain(one) == _plain(came) and isinstance(one, bool) is isinstance(came, bool)


def _refuse() -> Any:
    raise ValueError
