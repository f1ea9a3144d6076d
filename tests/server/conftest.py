"""One running server for all tests here, which talk to it as clients that are no browsers do."""

from collections.abc import Iterator

import pytest

from tests.aids.serving import running_server

ONE_WORKER = {"PLAYGROUND_WORKERS": "1"}


@pytest.fixture(scope="package")
def server() -> Iterator[str]:
    """Its address."""
    with running_server(environment=ONE_WORKER) as url:
        yield url
