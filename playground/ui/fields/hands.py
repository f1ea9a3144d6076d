"""Hands: what a person did to the fields of a page, in order, and each once.

Streamlit sends what all widgets hold with every message, also with one that left before an answer arrived. So a widget
whose value the server writes cannot tell a choice from an old value. The components of `fields.py` therefore send what
was done: a list of hands, each with a number that only rises. The server does those that it has not done yet and says
how far it is; the browser keeps the others and shows them, and sends them again where they may have been lost.

A list names the page that was loaded, since another counts from the start, and the session that it is meant for: one
that began after the connection was lost knows nothing of what an earlier one has done.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import streamlit as st

_SESSION, _TAKEN, _TAKERS = "hands_session", "hands_taken", "hands_takers"
STATE = "hands"  # name of the component's state
MOST_HANDS = 500  # in one list; more than anybody does before an answer
LONGEST_NAME = 64  # of a loaded page
MOST_PAGES = 8  # loaded pages that one session remembers; there is one, unless a client plays tricks


class Hand(NamedTuple):
    """One thing that a person did.

    Args:
        field: as the component calls it.
        value: as it came from the browser, unchecked.
    """

    field: str
    value: Any


Taker = Callable[[Sequence[Hand]], None]


def session_name() -> str:
    """A name that no other session has."""
    return st.session_state.setdefault(_SESSION, secrets.token_urlsafe(6))


def taken(key: str) -> dict[str, int]:
    """Loaded page -> number of its last hand that was taken, of the component with this key."""
    return st.session_state.setdefault(_TAKEN, {}).setdefault(key, {})


def expect(key: str, take: Taker) -> None:
    """From now on, give the hands of this component to `take`."""
    st.session_state.setdefault(_TAKERS, {})[key] = take


def take_hands() -> None:
    """Do what was done in the browser and not yet here, in every component; a second time it does nothing.

    Streamlit calls a button's `on_click` before it tells a component what has changed in it. So this is called by
    whoever looks at what hands may have changed.
    """
    for key, take in list(st.session_state.get(_TAKERS, {}).items()):
        if fresh := _fresh(key):
            take(fresh)


def _fresh(key: str) -> list[Hand]:
    """Hands that were not taken yet; from now on they are."""
    held = st.session_state.get(key)
    came = held.get(STATE) if isinstance(held, Mapping) else None
    if not isinstance(came, Mapping) or came.get("session") != session_name():
        return []
    page, listed = came.get("page"), came.get("list")
    if not isinstance(page, str) or not isinstance(listed, list) or len(page) > LONGEST_NAME:
        return []
    pages = taken(key)
    last, fresh = pages.get(page, 0), []
    for entry in listed[:MOST_HANDS]:
        if not _is_hand(entry):
            return []
        if entry[0] > last:
            last = entry[0]
            fresh.append(Hand(entry[1], entry[2]))
    pages[page] = last
    for old in list(pages)[:-MOST_PAGES]:
        del pages[old]
    return fresh


def _is_hand(entry: Any) -> bool:
    """Whether it has a number, a field and a value; a browser can send anything."""
    if not isinstance(entry, list) or len(entry) != 3:
        return False
    return isinstance(entry[0], int) and not isinstance(entry[0], bool) and isinstance(entry[1], str)
