"""Ctrl-C as a wish that a job ends with what it has."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def noted_interruption() -> Iterator[threading.Event]:
    """An event that the first Ctrl-C sets; the next one interrupts as it always does."""
    asked, before = threading.Event(), signal.getsignal(signal.SIGINT)

    def note(*_: object) -> None:
        asked.set()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, note)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)
