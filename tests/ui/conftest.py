"""The Train page without a browser, over a real engine with one worker."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import AppTest, app_test, local_script_runner

from playground.config import Config
from playground.engine import Engine, UnknownJob, current_engine, start_engine, stop_engine
from playground.link import PARAMETER, encode
from playground.ui.router import SCRIPT
from tests.ui.looking import WAIT_SECONDS, look_until


@pytest.fixture(scope="package", autouse=True)
def components_are_looked_for_once() -> Iterator[None]:
    """Every AppTest reads what each installed package says of itself, which takes longer than most pages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="package", autouse=True)
def runs_cost_what_they_cost_a_server() -> Iterator[None]:
    """Each run of an AppTest compiles all scripts again, and asks every millisecond whether it has ended."""
    usual_wait = local_script_runner.require_widgets_deltas

    def wait_for_the_end(runner: local_script_runner.LocalScriptRunner, timeout: float) -> None:
        runner._script_thread.join(timeout)
        if not runner.script_stopped():
            usual_wait(runner, 0)  # which says so

    with pytest.MonkeyPatch.context() as patch:
        for module in (app_test, local_script_runner):
            patch.setattr(module, "ScriptCache", cache(ScriptCache))
        patch.setattr(app_test, "MagicMock", cache(app_test.MagicMock))
        patch.setattr(local_script_runner, "require_widgets_deltas", wait_for_the_end)
        yield


@pytest.fixture(scope="package", autouse=True)
def submitted() -> Iterator[list[str]]:
    """Ids of all jobs that tests have asked for, and not yet freed."""
    submit, ids = Engine.submit, []

    def noting(*given: object, **named: object) -> str:
        ids.append(submit(*given, **named))
        return ids[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Engine, "submit", noting)
        yield ids


@pytest.fixture(autouse=True)
def nothing_is_computed_for_a_test_that_is_over(submitted) -> Iterator[None]:
    yield
    engine = current_engine() if submitted else None
    while submitted:
        job_id = submitted.pop()
        with suppress(UnknownJob):
            if engine.view(job_id).status in ("running", "queued", "paused"):
                engine.free(job_id)


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
