"""What was started last on a page, found again by its link and, after a reload, by the browser that started it."""

import threading
from typing import Generic, Protocol, TypeVar

import streamlit as st

from playground.config import Config
from playground.ui.place import place
from playground.ui.visit import session
from playground.ui.visit.owner import is_token, visitor

MOST_BROWSERS = 64  # that are remembered for each page
MOST_NAMED = 64  # jobs that are known by their name
GONE = "What this link names is no longer kept. Start it again with these settings."


class Named(Protocol):
    """Has the name that the engine gave it, which cannot be guessed."""

    job_id: str


Started = TypeVar("Started", bound=Named)


class Latest(Generic[Started]):
    """Of one page.

    Args:
        page: a name of its own.
        parameter: of the address, which names what is shown.
    """

    def __init__(self, page: str, parameter: str):
        self._looked = f"{page}_looked_for_latest"
        self._parameter = parameter
        self._kept: dict[str, tuple[Started, Config]] = {}  # oldest first, with the Config that the link said
        self._named: dict[str, Started] = {}  # oldest first
        self._lock = threading.Lock()  # sessions have threads of their own

    def keep(self, started: Started) -> None:
        """Remember it by its name and, if the browser can be known again, for the browser."""
        st.session_state[self._looked] = True
        with self._lock:
            if started.job_id:
                _put_last(self._named, started.job_id, started, MOST_NAMED)
            if is_token(visitor()):
                _put_last(self._kept, visitor(), (started, session.current_config()), MOST_BROWSERS)

    def found(self) -> Started | None:
        """At the first look of a session: what the link names; else what this browser started last with this Config.

        Where the link names what is no longer there, the page says so.
        """
        if st.session_state.get(self._looked):
            return None
        st.session_state[self._looked] = True
        if name := st.query_params.get(self._parameter, ""):
            if name not in self._named:
                place.here().problem = GONE
            return self._named.get(name)
        started, config = self._kept.get(visitor(), (None, None))
        return started if config == session.current_config() else None

    def show_in_address(self, started: Started | None) -> None:
        """Make the page's address name it, for a reload and for others, who may look and no more."""
        place.here().runs[self._parameter] = started.job_id if started else ""


def _put_last(kept: dict, key: str, value: object, most: int) -> None:
    kept.pop(key, None)
    kept[key] = value
    if len(kept) > most:
        del kept[next(iter(kept))]
