"""Workers that are processes of this machine."""

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playground.engine.limits import Limits
from playground.engine.workers.handle import WorkerHandle
from playground.engine.workers.messages import Report

PIPE_BYTES = 2**20  # a snapshot in one piece, where the system allows it (Linux)
END_SECONDS = 1.0  # a worker that has closed its pipe ends by itself, unless it never meant to close it
KILLED = -9  # return code of a process that Linux has killed
MEMORY_RAN_OUT = "most likely because memory ran out"  # which is when Linux kills
PROJECT_FOLDER = Path(__file__).resolve().parents[3]
THREAD_VARIABLES = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")
ONE_THREAD = dict.fromkeys(THREAD_VARIABLES, "1")  # each worker computes on one core


def worker_environment(python_path: tuple[str, ...]) -> dict[str, str]:
    """This process's environment, with `playground` and `python_path` importable from any working directory."""
    folders = [str(PROJECT_FOLDER), *python_path, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(folders), **ONE_THREAD}


@dataclass(frozen=True)
class LocalWorkers:
    """Worker processes that share the cores of this machine.

    Args:
        preload: modules, or `module:function` to call, that each worker imports at the start.
        python_path: folders that workers can import from, besides the project.
    """

    preload: tuple[str, ...] = ()
    python_path: tuple[str, ...] = ()

    def open(self, limits: Limits) -> None:
        """Nothing to prepare."""

    def count(self, limits: Limits) -> int:
        return limits.num_workers

    def start_worker(
        self, on_report: Callable[[WorkerHandle, Report], None], on_end: Callable[[WorkerHandle], None]
    ) -> "WorkerProcess":
        return WorkerProcess(self.preload, self.python_path, on_report, on_end)

    def close(self) -> None:
        """Nothing is left: processes are gone once they are killed."""


class WorkerProcess(WorkerHandle):
    """Starts a worker, and talks with it without ever blocking the caller.

    Linux kills the worker when the thread that made this object ends (see `worker.die_with_parent`), so that must be
    a thread that lives as long as the worker should.

    Args:
        preload, python_path: as `LocalWorkers` says.
        on_report, on_end: as `WorkerHandle` says.
    """

    def __init__(
        self,
        preload: tuple[str, ...],
        python_path: tuple[str, ...],
        on_report: Callable[[WorkerHandle, Report], None],
        on_end: Callable[[WorkerHandle], None],
    ):
        super().__init__(on_report, on_end)
        self._outbox: queue.SimpleQueue = queue.SimpleQueue()
        self._process = subprocess.Popen(
            # -P: a file of the working directory must not shadow a module
            [sys.executable, "-P", "-m", "playground.engine.workers.worker", *preload],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pipesize=PIPE_BYTES,
            env=worker_environment(python_path),
        )
        self.pid = self._process.pid
        self._is_killed = False
        self._reader = threading.Thread(target=self._read, name=f"reads worker {self.pid}", daemon=True)
        self._reader.start()
        threading.Thread(target=self._write, name=f"writes to worker {self.pid}", daemon=True).start()

    def send(self, name: str, job_id: str, argument: object = None) -> None:
        self._outbox.put((name, job_id, argument))

    def kill(self) -> None:
        self._is_killed = True
        self._process.kill()

    def wait(self, seconds: float) -> None:
        self._reader.join(seconds)

    def memory(self) -> int:
        try:
            resident = Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1]
        except OSError:  # gone, or a system without /proc
            return 0
        return int(resident) * os.sysconf("SC_PAGE_SIZE")

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
                    self.hear(pickle.load(pipe))
        finally:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(END_SECONDS)
            if self._process.returncode == KILLED and not self._is_killed:
                self.why_gone = MEMORY_RAN_OUT
            self._process.kill()
            self._process.wait()
            self._outbox.put(None)
            self._on_end(self)
