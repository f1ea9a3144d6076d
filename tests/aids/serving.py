"""The app's own server for tests, each in a process and on a port of its own."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from playground.bench.load import APP
from playground.bench.server import running
from playground.settings import variable

RESTS_AFTER = "3"  # seconds: a run that a test has left behind shall not compute beside the next


@contextmanager
def running_server(
    *options: str, port: int | None = None, environment: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Its address, once it can run jobs; stopped at the end as `docker stop` would.

    Args:
        options, port, environment: as of `running`.
    """
    environment = {variable("pause_after"): RESTS_AFTER, **(environment or {})}
    with running(APP, *options, port=port, environment=environment, health="healthz") as server:
        yield server.url.rstrip("/")
