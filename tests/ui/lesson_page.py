"""The page of a lesson without a browser, over a real engine."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.testing.v1 import AppTest

from playground.engine import current_engine
from playground.ui.router import FOLDER, SCRIPT
from tests.ui.looking import WAIT_SECONDS


@contextmanager
def opened_lesson(name: str) -> Iterator[AppTest]:
    """The page of this name as a newcomer opens it; what was asked of the engine is freed at the end."""
    at = AppTest.from_file(str(SCRIPT), default_timeout=WAIT_SECONDS).run()
    yield settled(at.switch_page(str(FOLDER / f"{name}.py")).run())
    for key, asked in at.session_state.items():
        if key.endswith("_asked"):
            current_engine().free(asked.job_id)


def is_moving(at: AppTest) -> bool:
    """Whether something is being computed."""
    return any(button.label == "Cancel" for button in at.button)


def settled(at: AppTest) -> AppTest:
    """Looked at until nothing is being computed."""
    deadline = time.monotonic() + WAIT_SECONDS
    assert not at.exception
    while is_moving(at):
        assert time.monotonic() < deadline
        time.sleep(0.02)
        at.run()
        assert not at.exception
    return at


def answered(at: AppTest) -> AppTest:
    """The same, where nothing has gone wrong."""
    assert not settled(at).error
    return at


def data_names(at: AppTest) -> set[str]:
    """Of the data of all charts."""
    return {data.name for chart in at.get("vega_lite_chart") for data in chart.proto.datasets}
