"""The code of a class: a server that has one asks every browser for it once, before anything else."""

import secrets
import threading
import time
from collections.abc import Callable

import streamlit as st

from playground.settings import SETTINGS, given
from playground.ui.visit.owner import visitor

SETTING = "access_code"
WRONG = "That is not the code of this class."
TOO_MANY = "Too many wrong codes came in the last minute; wait a moment and try again."
MOST_WRONG, WRONG_SECONDS = 30, 60.0  # from all visitors together, because whoever guesses can be many of them
FORM_WIDTH = 360  # pixels
MOST_KEPT = 10_000  # browsers that are remembered; beyond that the oldest is asked again


class Door:
    """Knows who gave the code; one for the whole server.

    Args:
        clock: seconds, never going back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._lock = threading.Lock()
        self._wrong: list[float] = []  # moments of wrong codes
        self._admitted: dict[str, None] = {}

    def is_open_to(self, browser: str) -> bool:
        return browser in self._admitted

    def try_code(self, browser: str, code: str, text: str) -> str:
        """Admit the browser if the text is the code; "" then, else one sentence why not."""
        with self._lock:
            now = self._clock()
            self._wrong = [moment for moment in self._wrong if now - moment < WRONG_SECONDS]
            if len(self._wrong) >= MOST_WRONG:
                return TOO_MANY
            if not secrets.compare_digest(text.strip().encode(), code.encode()):
                self._wrong.append(now)
                return WRONG
            while len(self._admitted) >= MOST_KEPT:
                self._admitted.pop(next(iter(self._admitted)))
            self._admitted[browser] = None
            return ""


_door = Door()


def is_closed() -> bool:
    """Whether this visitor has yet to give a code."""
    return SETTING in given() and not _door.is_open_to(visitor())


def ask_for_code() -> None:
    """The question, and the end of the page; a link opens where it leads once the code is given."""
    with st.container(width=FORM_WIDTH):
        st.title("Welcome", anchor=False)
        st.write("Your class has a code. Give it once in this browser, and the page that you opened follows.")
        with st.form("access", border=False):
            text = st.text_input("Code of your class", type="password", max_chars=SETTINGS[SETTING].high, key="code")
            is_given = st.form_submit_button("Come in", type="primary", key="come_in")
        if is_given:
            problem = _door.try_code(visitor(), str(given()[SETTING]), text)
            if not problem:
                st.rerun()
            st.error(problem)
    st.stop()
