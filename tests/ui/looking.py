"""Looking at a live page without a browser, where nothing ticks by itself."""

import time
from collections.abc import Iterator

from streamlit.testing.v1 import AppTest

from playground.engine import current_engine

WAIT_SECONDS = 60  # the first run waits for the worker to import torch
FIRST_REST, LONGEST_REST, GROWTH = 0.02, 0.5, 1.6  # seconds between looks, and from each to the next


def looks() -> Iterator[None]:
    """Whenever it is time for another look: soon at first, then ever more rarely; at once when all is computed."""
    deadline, rest = time.monotonic() + WAIT_SECONDS, FIRST_REST
    while (now := time.monotonic()) < deadline:
        time.sleep(FIRST_REST)
        while current_engine().num_running and time.monotonic() < now + rest:
            time.sleep(FIRST_REST / 4)
        rest = min(rest * GROWTH, LONGEST_REST)
        yield


def state(at: AppTest) -> str:
    """The line over the progress bar; "" without one."""
    bars = at.get("progress")
    return bars[0].proto.text if bars else ""


def look_until(at: AppTest, text: str) -> AppTest:
    """Look again, as the live fragment does, until the state says this."""
    waiting = looks()
    while text not in state(at):
        assert next(waiting, waiting) is None, f"waited for {text!r}, but the page says {state(at)!r}"
        at.run()
        assert not at.exception
    return at
