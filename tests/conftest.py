"""What all tests share, and in which order and by which process they are run."""

import gc
from pathlib import Path

import pytest

import playground  # ahead of torch: it says how matrices are multiplied

ROOT = Path(playground.__file__).resolve().parents[1]

# Folders whose tests share a server, a browser or an engine, longest first: each is run by one process, from the start.
SHARING = ("tests/browser", "tests/ui", "tests/server")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of `tests/browser`, and put the folders that take longest first."""
    for item in items:
        if unit_of(item.nodeid) == "tests/browser":
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: place_of(unit_of(item.nodeid)))


def pytest_collection_finish() -> None:
    """Let no garbage collection look through what the thousands of tests hold."""
    gc.collect()
    gc.freeze()


def unit_of(nodeid: str) -> str:
    """What is run by one process as a whole: a folder of SHARING, else a file."""
    return next((folder for folder in SHARING if nodeid.startswith(f"{folder}/")), nodeid.partition("::")[0])


def place_of(unit: str) -> int:
    return SHARING.index(unit) if unit in SHARING else len(SHARING)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Hand out whole units, in the order of the tests."""
    from xdist.scheduler import LoadScopeScheduling

    class UnitScheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return unit_of(nodeid)

    config.option.loadscopereorder = False
    return UnitScheduling(config, log)


@pytest.fixture(scope="session")
def root() -> Path:
    """Folder of the repository."""
    return ROOT
