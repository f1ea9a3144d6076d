"""The Train page without a browser, over a real engine with one worker."""

from collections.abc import Callable, Iterator
from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from playground.config import Config
from playground.engine import current_engine, start_engine, stop_engine
from playground.link import PARAMETER, encode
from playground.ui.router import SCRIPT
from tests.ui.looking import WAIT_SECONDS, look_until


@pytest.fixture(scope="package", autouse=True)
def components_are_looked_for_once() -> Iterator[None]:
    """Every AppTest reads what each installed package says of itself, which takes longer than most pages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="package")
def engine() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLAYGROUND_WORKERS", "1")
        patch.setenv("PLAYGROUND_JOBS_PER_SESSION", "1000")  # to Streamlit all AppTests are one session
        stop_engine()
        start_engine()
        yield
        stop_engine()


@pytest.fixture
def open_train(engine) -> Iterator[Callable[..., AppTest]]:
    """Opens the Train page with some Config fields, as from a link; its run is freed at the end."""
    opened = []

    def open_page(**fields: object) -> AppTest:
        at = AppTest.from_file(str(SCRIPT), default_timeout=WAIT_SECONDS)
        at.query_params[PARAMETER] = encode(Config.parse(fields))
        opened.append(at)
        return look_until(at.run(), "Ready")

    yield open_page
    for at in opened:
        if at.session_state.get("run"):
            current_engine().free(at.session_state["run"].job_id)
