"""Start an engine where nothing can be written, neither logs nor files, and print how its jobs end."""

import os
import resource
import sys
import time
from pathlib import Path

from playground.config import Config
from playground.engine import Engine, Limits, LocalWorkers
from playground.jobs.training.job import TrainJob

FOLDER = Path(__file__).parent

if __name__ == "__main__":
    sys.path.insert(0, str(FOLDER))
    from plain_jobs import FailingJob

    os.dup2(os.open("/dev/full", os.O_WRONLY), sys.stderr.fileno())
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    engine = Engine(Limits(workers=1), LocalWorkers(python_path=(str(FOLDER),)))
    engine.start()
    for job in (FailingJob(), TrainJob(Config(num_epochs=1))):
        job_id = engine.submit(job, owner="someone")
        while (view := engine.view(job_id)).status in ("queued", "running"):
            time.sleep(0.01)
        print(type(job).__name__, view.status, len(engine.worker_pids))
    engine.stop()
