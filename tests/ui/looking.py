"""Looking at a live page without a browser, where nothing ticks by itself."""

import time

from streamlit.testing.v1 import AppTest

WAIT_SECONDS = 60  # the first run waits for the worker to import torch


def state(at: AppTest) -> str:
    """The line over the progress bar; "" without one."""
    bars = at.get("progress")
    return bars[0].proto.text if bars else ""


def look_until(at: AppTest, text: str) -> AppTest:
    """Look again, as the live fragment does, until the state says this."""
    deadline = time.monotonic() + WAIT_SECONDS
    while text not in state(at):
        assert time.monotonic() < deadline, f"waited for {text!r}, but the page says {state(at)!r}"
        time.sleep(0.02)
        at.run()
        assert not at.exception
    return at
