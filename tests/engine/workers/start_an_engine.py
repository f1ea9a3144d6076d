"""Start an engine, print the process ids of its workers, and wait to be killed."""

import sys
import time
from pathlib import Path

from playground.engine import Engine, Limits, LocalWorkers

FOLDER = Path(__file__).parents[1]  # of the jobs of the tests

if __name__ == "__main__":
    sys.path.insert(0, str(FOLDER))
    from plain_jobs import StubbornJob

    engine = Engine(Limits(workers=2), LocalWorkers(python_path=(str(FOLDER),)))
    engine.start()
    job_id = engine.submit(StubbornJob(), owner="someone")
    while engine.view(job_id).snapshot is None:
        time.sleep(0.01)
    print(*engine.worker_pids, flush=True)
    if sys.argv[1:] == ["--end"]:
        sys.exit()  # without stop_engine: leaving the program must be enough
    time.sleep(60)
