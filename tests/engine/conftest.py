import sys
from pathlib import Path

import pytest

from playground.engine import Engine, Limits, LocalWorkers

FOLDER = str(Path(__file__).parent)
sys.path.append(FOLDER)  # pickles name the jobs of the tests as `plain_jobs`, here and in the workers


@pytest.fixture
def make_engine():
    """A function that starts an engine of one worker; engines are stopped after the test."""
    engines = []

    def make(preload=(), **limits):
        engine = Engine(
            Limits(**{"workers": 1, "jobs_per_session": 100, **limits}), LocalWorkers(preload, python_path=(FOLDER,))
        )
        engines.append(engine)
        engine.start()
        return engine

    yield make
    for engine in engines:
        engine.stop()


@pytest.fixture
def engine(make_engine):
    return make_engine()
