"""Figures of a server for whoever watches it, in the format of OpenMetrics: numbers alone, no names and no ids.

Source: OpenMetrics 1.0, 2020, https://prometheus.io/docs/specs/om/open_metrics_spec/
"""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Histogram, ProcessCollector
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST as CONTENT_TYPE
from prometheus_client.openmetrics.exposition import generate_latest
from prometheus_client.registry import Collector

from playground.engine.state import EngineState
from playground.engine.submission import STATUSES

__all__ = ["CONTENT_TYPE", "FRAME_SECONDS", "metrics_text"]

FRAME_BUCKETS = (0.002, 0.004, 0.006, 0.008, 0.012, 0.016, 0.025, 0.05, 0.1, 0.3, 1.0)  # seconds

_server = CollectorRegistry(auto_describe=True)
FRAME_SECONDS = Histogram(
    "playground_frame",
    "Server time of one look at a run",
    unit="seconds",
    buckets=FRAME_BUCKETS,
    registry=_server,
)
ProcessCollector(registry=_server)


def metrics_text(state: EngineState, num_sessions: int) -> bytes:
    """All figures as one text of CONTENT_TYPE.

    Args:
        num_sessions: open pages.
    """
    registry = CollectorRegistry()
    for collector in (_Moment(state, num_sessions), _server):
        registry.register(collector)  # type: ignore[arg-type]
    return generate_latest(registry)


class _Moment(Collector):
    """What there is at this moment, as opposed to what adds up."""

    def __init__(self, state: EngineState, num_sessions: int):
        self._state = state
        self._num_sessions = num_sessions

    def collect(self) -> Iterator[Metric]:
        state = self._state
        jobs = GaugeMetricFamily("playground_jobs", "Jobs that are kept, by status", labels=["status"])
        for status in STATUSES:
            jobs.add_metric([status], state.jobs.get(status, 0))
        memory = GaugeMetricFamily(
            "playground_worker_memory", "Resident memory of each worker", labels=["worker"], unit="bytes"
        )
        for number, size in enumerate(state.memory):
            memory.add_metric([str(number)], size)
        yield GaugeMetricFamily("playground_sessions", "Open pages", value=self._num_sessions)
        yield jobs
        yield GaugeMetricFamily("playground_queue_length", "Jobs that wait for a place", state.jobs.get("queued", 0))
        yield GaugeMetricFamily("playground_workers", "Workers that are up and talk", value=state.num_alive)
        yield GaugeMetricFamily("playground_workers_wanted", "Workers that there should be", value=state.num_wanted)
        yield CounterMetricFamily(
            "playground_worker_restarts", "Workers that died and were replaced", value=state.num_lost
        )
        yield memory
