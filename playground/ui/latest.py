"""What each browser started last on a page, so that a reload finds it again: a new session, which knows nothing."""

import threading
from typing import Generic, TypeVar

import streamlit as st

from playground.config import Config
from playground.ui import session
from playground.ui.owner import is_token, visitor

MOST_BROWSERS = 64  # that are remembered for each page

Started = TypeVar("Started")


class Latest(Generic[Started]):
    """Of one page.

    Args:
        page: a name of its own.
    """

    def __init__(self, page: str):
        self._looked = f"{page}_looked_for_latest"
        self._kept: dict[str, tuple[Started, Config]] = {}  # oldest first, with the Config that the link said
        self._lock = threading.Lock()  # sessions have threads of their own

    def keep(self, started: Started) -> None:
        """Remember it, if the browser can be known again."""
        st.session_state[self._looked] = True
        if not is_token(visitor()):
            return
        with self._lock:
            self._kept.pop(visitor(), None)
            self._kept[visitor()] = started, session.current_config()
            if len(self._kept) > MOST_BROWSERS:
                del self._kept[next(iter(self._kept))]

    def found(self) -> Started | None:
        """What this browser started last, at the first look of a session and where the link is the same."""
        if st.session_state.get(self._looked):
            return None
        st.session_state[self._looked] = True
        started, config = self._kept.get(visitor(), (None, None))
        return started if config == session.current_config() else None
