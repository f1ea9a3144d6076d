"""A worker process as the engine holds it."""

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from playground.engine.messages import READY, Report

PIPE_BYTES = 2**20  # a snapshot in one piece, where the system allows it (Linux)
PROJECT_FOLDER = Path(__file__).resolve().parents[2]
THREAD_VARIABLES = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")  # each worker computes on one core


def worker_environment(python_path: tuple[str, ...]) -> dict[str, str]:
    """This process's environment, with `playground` and `python_path` importable from any working directory."""
    folders = [str(PROJECT_FOLDER), *python_path, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(folders), **dict.fromkeys(THREAD_VARIABLES, "1")}


class WorkerProcess:
    """Starts a worker, and talks with it without ever blocking the caller.

    Linux kills the worker when the thread that made this object ends (see `worker.die_with_parent`), so that must be
    a thread that lives as long as the worker should.

    Args:
        preload: modules that the worker imports at the start.
        python_path: folders that the worker can import from, besides the project.
        on_report: called with each report, in a thread of its own.
        on_end: called in that thread once the process is gone.
    """

    def __init__(
        self,
        preload: tuple[str, ...],
        python_path: tuple[str, ...],
        on_report: Callable[["WorkerProcess", Report], None],
        on_end: Callable[["WorkerProcess"], None],
    ):
        self.is_ready = False
        self.silence = 0.0  # seconds without a word; the engine counts up, any word sets it to 0
        self._on_report = on_report
        self._on_end = on_end
        self._outbox: queue.SimpleQueue = queue.SimpleQueue()
        self._process = subprocess.Popen(
            # -P: a file of the working directory must not shadow a module
            [sys.executable, "-P", "-m", "playground.engine.worker", *preload],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pipesize=PIPE_BYTES,
            env=worker_environment(python_path),
        )
        self.pid = self._process.pid
        self._reader = threading.Thread(target=self._read, name=f"reads worker {self.pid}", daemon=True)
        self._reader.start()
        threading.Thread(target=self._write, name=f"writes to worker {self.pid}", daemon=True).start()

    def send(self, name: str, job_id: str, argument: object = None) -> None:
        self._outbox.put((name, job_id, argument))

    def kill(self) -> None:
        self._process.kill()

    def wait(self, seconds: float) -> None:
        """Until the process is gone and `on_end` has been called, or so long."""
        self._reader.join(seconds)

    def _write(self) -> None:
        """Send the outbox; in a thread, because the pipe of a stopped worker fills up and blocks."""
        pipe = self._process.stdin
        with contextlib.suppress(OSError):
            while (message := self._outbox.get()) is not None:
                pickle.dump(message, pipe, pickle.HIGHEST_PROTOCOL)
                pipe.flush()
        with contextlib.suppress(OSError):
            pipe.close()

    def _read(self) -> None:
        """Pass on what the worker says; however that ends, the worker ends with it."""
        try:
            with self._process.stdout as pipe, contextlib.suppress(EOFError, OSError, pickle.UnpicklingError):
                while True:
                    self._hear(pickle.load(pipe))
        finally:
            self._process.kill()
            self._process.wait()
            self._outbox.put(None)
            self._on_end(self)

    def _hear(self, message: object) -> None:
        self.silence = 0.0
        if isinstance(message, Report):
            self._on_report(self, message)
        elif message == READY:
            self.is_ready = True
