"""What a worker loads ahead of its first job, and what it does without."""

import subprocess
import sys

from playground.engine.current import PRELOAD
from tests.aids.sources import ROOT

# sklearn holds its tables of what is loaded; pandas must be there for whoever asks for it afterwards.
SCRIPT = f"""
import gc, sys
from playground.engine.workers.worker import preload
preload({PRELOAD!r})
assert "sklearn.model_selection" in sys.modules and "torch" in sys.modules
assert "pandas" not in sys.modules, "scikit-learn brought pandas along"
assert "torch._dynamo" not in sys.modules, "an optimizer brought the compiler along"
assert gc.isenabled()
from playground.config import Config
from playground.data.prepared import prepare
assert len(prepare(Config(dataset="digits")).train)
import pandas
assert len(prepare(Config(dataset="iris")).train)
"""


def test_a_worker_trains_without_pandas_and_can_still_load_it():
    command = [sys.executable, "-W", "error", "-c", SCRIPT]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
