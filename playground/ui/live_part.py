"""The live part of a page: drawn with the page, then again and again by itself."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from playground.ui.pace import pace

SOON_SECONDS = 1.0  # a look that the page before had asked for comes sooner than that


@dataclass(frozen=True)
class Drawn:
    """When and by whom the whole page was drawn last.

    Args:
        moment: in the seconds of `time.monotonic`, before the live part was.
        every: seconds from one look to the next while few look; None when the browser asks for none.
        pace: seconds from then to the first look that the browser asks for; the same.
    """

    moment: float
    thread: threading.Thread
    every: float | None
    pace: float | None

    @property
    def is_out_of_pace(self) -> bool:
        return self.every is not None and pace(self.every, self.pace) != self.pace

    def is_lost(self, now: float, thread: threading.Thread) -> bool:
        """Whether the browser may never have got the page.

        Streamlit has one thread draw the page, and drops what the browser has not got yet as soon as another begins,
        which a look does that was asked for on the page before. The page then stands still, because the timer of its
        live part is dropped too. Seen a few times in some hundred pages while the processor was short.
        """
        return thread is not self.thread and now - self.moment < min(self.pace or SOON_SECONDS, SOON_SECONDS)


def show_live_part(look: Callable[..., None], *given: object, every: float | None, key: str) -> None:
    """Call `look(*given)` now, and again every so many seconds; None: only when a control in it is used.

    Where very many look at once, it is less often.
    """
    moment, run_every = time.monotonic(), None if every is None else pace(every)
    st.session_state[_name(key)] = Drawn(moment, threading.current_thread(), every, run_every)
    st.fragment(_look, run_every=run_every, key=key)(look, given, key)


def _look(look: Callable[..., None], given: tuple[object, ...], key: str) -> None:
    drawn: Drawn = st.session_state[_name(key)]
    is_lost = drawn.is_lost(time.monotonic(), threading.current_thread())
    look(*given)  # before the page is drawn again, which would lose the press of a button in it
    if is_lost or drawn.is_out_of_pace:
        st.rerun()


def _name(key: str) -> str:
    return f"{key}_drawn"
