"""Figures of a server, read back by the parser of another library's users."""

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from playground.engine.state import EngineState
from playground.metrics import CONTENT_TYPE, FRAME_SECONDS, metrics_text

STATE = EngineState(
    jobs={"running": 3, "queued": 2, "lost": 1},
    silences=(0.1, 60.0),
    memory=(200_000_000, 100_000_000),
    num_wanted=2,
    num_lost=4,
    is_looked_after=True,
)


def figures(state: EngineState = STATE, sessions: int = 7) -> dict[tuple[str, str], float]:
    """(name, labels) -> value."""
    text = metrics_text(state, sessions).decode()
    return {
        (sample.name, ",".join(f"{name}={value}" for name, value in sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_the_type_of_the_content_is_that_of_the_standard():
    assert CONTENT_TYPE == "application/openmetrics-text; version=1.0.0; charset=utf-8"
    assert metrics_text(STATE, 0).endswith(b"# EOF\n")


@pytest.mark.parametrize(
    ("name", "labels", "value"),
    [
        ("playground_sessions", "", 7),
        ("playground_jobs", "status=running", 3),
        ("playground_jobs", "status=lost", 1),
        ("playground_jobs", "status=finished", 0),
        ("playground_queue_length", "", 2),
        ("playground_workers", "", 1),
        ("playground_workers_wanted", "", 2),
        ("playground_worker_restarts_total", "", 4),
        ("playground_worker_memory_bytes", "worker=0", 200_000_000),
        ("playground_worker_memory_bytes", "worker=1", 100_000_000),
    ],
)
def test_each_figure_is_that_of_the_engine(name, labels, value):
    assert figures()[name, labels] == value


def test_a_frame_is_counted_even_when_it_ends_in_an_error():
    @FRAME_SECONDS.time()
    def frame(text: str) -> str:
        if not text:
            raise ValueError
        return text

    before = figures()["playground_frame_seconds_count", ""]
    assert frame("a") == "a"
    with pytest.raises(ValueError):
        frame("")
    after = figures()
    assert after["playground_frame_seconds_count", ""] == before + 2
    assert after["playground_frame_seconds_bucket", "le=+Inf"] == before + 2
