"""The page of a lesson without a browser, over a real engine."""

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.testing.v1 import AppTest

from playground.config import Config
from playground.engine import current_engine
from playground.link import PARAMETER, encode
from playground.ui.router import ENTRIES, FOLDER, SCRIPT
from tests.ui.looking import WAIT_SECONDS, looks


@contextmanager
def opened_lesson(name: str, config: Config | None = None) -> Iterator[AppTest]:
    """The page of this name as a newcomer opens it; what was asked of the engine is freed at the end.

    Args:
        config: in the link that led here, if any.
    """
    at = AppTest.from_file(str(SCRIPT), default_timeout=WAIT_SECONDS)
    if config is not None:
        at.query_params[PARAMETER] = encode(config)
    if any(entry.name for entry in ENTRIES if entry.file == f"{name}.py"):
        at.run()  # an address that is not the file's name is known after a first run
    yield settled(at.switch_page(str(FOLDER / f"{name}.py")).run())
    for key, asked in at.session_state.items():
        if key.endswith("_asked"):
            current_engine().free(asked.job_id)


def go_to(at: AppTest, key: str, part: str) -> None:
    """Choose the part of a lesson; nothing is drawn where it is there already."""
    chooser = at.segmented_control(key=key)
    if chooser.value != part:
        chooser.set_value(part)
        at.run()


def is_moving(at: AppTest) -> bool:
    """Whether something is being computed."""
    return any(button.label == "Cancel" for button in at.button)


def settled(at: AppTest) -> AppTest:
    """Looked at until nothing is being computed."""
    waiting = looks()
    assert not at.exception
    while is_moving(at):
        assert next(waiting, waiting) is None
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
