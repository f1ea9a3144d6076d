"""The live part of a page: drawn with the page, then again and again by itself."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

SOON_SECONDS = 1.0  # a look that the page before had asked for comes sooner than that


@dataclass(frozen=True)
class Drawn:
    """When and by whom the whole page was drawn last.

    Args:
        moment: in the seconds of `time.monotonic`, before the live part was.
        every: seconds from then to the first look that the browser asks for; None when it asks for none.
    """

    moment: float
    thread: threading.Thread
    every: float | None

    def is_lost(self, now: float, thread: threading.Thread) -> bool:
        """Whether the browser may never have got the page.

        Streamlit has one thread draw the page, and drops what the browser has not got yet as soon as another begins,
        which a look does that was asked for on the page before. The page then stands still, because the timer of its
        live part is dropped too. Seen in one of a thousand pages while the processor was short.
        """
        return thread is not self.thread and now - self.moment < min(self.every or SOON_SECONDS, SOON_SECONDS)


def show_live_part(look: Callable[..., None], *given: object, every: float | None, key: str) -> None:
    """Call `look(*given)` now, and in a fragment every so many seconds; None: only when a control in it is used."""
    st.session_state[_name(key)] = Drawn(time.monotonic(), threading.current_thread(), every)
    st.fragment(_look, run_every=every, key=key)(look, given, key)


def _look(look: Callable[..., None], given: tuple[object, ...], key: str) -> None:
    is_lost = st.session_state[_name(key)].is_lost(time.monotonic(), threading.current_thread())
    look(*given)  # before the page is drawn again, which would lose the press of a button in it
    if is_lost:
        st.rerun()


def _name(key: str) -> str:
    return f"{key}_drawn"
