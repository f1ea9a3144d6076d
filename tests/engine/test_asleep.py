"""A server that was asleep, as on a closed laptop: it blames nobody when it wakes."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from waiting import is_alive

from playground.engine.workers.process import worker_environment

FOLDER = str(Path(__file__).parent)
SCRIPT = """
import sys
import time
from plain_jobs import CountJob
from playground.engine import Engine, Limits, LocalWorkers
limits = Limits(workers=1, hang_after=2.5, pause_after=2.0, free_after=3.0)
engine = Engine(limits, LocalWorkers(python_path=sys.argv[1:]))
engine.start()
job_id = engine.submit(CountJob(), owner="someone")
while engine.view(job_id).snapshot is None:
    time.sleep(0.01)
print(*engine.worker_pids, flush=True)
input()
print(engine.view(job_id).status, flush=True)
input()
"""
ASLEEP = 4.0  # seconds, longer than all that the engine waits for


@pytest.mark.skipif(sys.platform == "win32", reason="signals as Unix knows them")
def test_workers_and_jobs_outlive_the_sleep_of_their_server():
    command, environment = [sys.executable, "-c", SCRIPT, FOLDER], worker_environment((FOLDER,))
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as server:
        pids = [int(pid) for pid in server.stdout.readline().split()]
        os.kill(server.pid, signal.SIGSTOP)
        time.sleep(ASLEEP)
        os.kill(server.pid, signal.SIGCONT)
        time.sleep(1.2)  # two looks at the workers and the leases
        assert pids and all(map(is_alive, pids))
        server.stdin.write(b"\n")
        server.stdin.flush()
        assert server.stdout.readline() == b"running\n"
        server.kill()
