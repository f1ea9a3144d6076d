"""Keeps the worker processes going: starts them, replaces the dead, kills the hung."""

import logging
import threading
import time
from collections.abc import Callable

from playground.engine.awake import AwakeClock
from playground.engine.workers.handle import WorkerHandle

ROUND_SECONDS = 0.5
START_SECONDS = 120.0  # a worker may be silent so long while it imports torch from a cold disk
RETRY_SECONDS = 1.0  # before replacing a worker that died in its start-up: the next will likely die too
STOP_SECONDS = 2.0

log = logging.getLogger(__name__)


class Crew:
    """The workers and the one thread that looks after them.

    That thread starts every worker, because Linux kills a worker with the thread that started it.

    Args:
        count: how many there should be now; a cluster may grow and shrink.
        start_worker: starts one, given what to call with it when it is gone.
        hang_after: seconds of silence after which a worker that has started counts as hung.
        on_round: called in the thread after each look at the workers.
        on_end: called with a worker that is gone, in that worker's own thread.
    """

    def __init__(
        self,
        count: Callable[[], int],
        start_worker: Callable[[Callable[[WorkerHandle], None]], WorkerHandle],
        *,
        hang_after: float,
        round_seconds: float = ROUND_SECONDS,
        on_round: Callable[[], None],
        on_end: Callable[[WorkerHandle], None],
    ):
        self._count = count
        self._start_worker = start_worker
        self._hang_after = hang_after
        self._round_seconds = round_seconds
        self._on_round = on_round
        self._on_end = on_end
        self._lock = threading.Lock()  # guards the workers and whether to stop
        self._workers: list[WorkerHandle] = []
        self._wanted = 0
        self._num_lost = 0
        self._is_stopping = False
        self._next_start = 0.0
        self._wake = threading.Event()
        self._has_started = threading.Event()
        self._thread = threading.Thread(target=self._look_after, name="engine crew", daemon=True)

    @property
    def workers(self) -> list[WorkerHandle]:
        with self._lock:
            return list(self._workers)

    @property
    def wanted(self) -> int:
        """How many workers there should be."""
        return self._wanted

    @property
    def num_lost(self) -> int:
        """Workers gone so far that nobody meant to go."""
        return self._num_lost

    @property
    def is_alive(self) -> bool:
        return self._thread.is_alive() and not self._is_stopping

    @property
    def is_about_to_start_one(self) -> bool:
        """Whether an empty worker comes in a moment, for those who wait for the emptiest."""
        with self._lock:
            return self._may_start()

    def start(self) -> None:
        self._thread.start()
        self._has_started.wait(STOP_SECONDS)

    def stop(self) -> None:
        """Kill the workers, which keep nothing worth saving, and wait for them to be gone."""
        with self._lock:
            self._is_stopping = True
            workers = list(self._workers)
        for worker in workers:
            worker.kill()
        for worker in workers:
            worker.wait(STOP_SECONDS)
        self._wake.set()
        self._thread.join(STOP_SECONDS)

    def _look_after(self) -> None:
        clock = AwakeClock(2 * self._round_seconds)  # a server that was itself asleep must not blame its workers
        looked = clock()
        while not self._is_stopping:
            try:
                self._start_missing()
                self._let_go_of_surplus()
                now = clock()
                self._kill_hung(now - looked)
                looked = now
                self._on_round()
            except Exception:
                log.exception("the engine's crew goes on after an error")
            self._has_started.set()
            self._wake.wait(self._round_seconds)
            self._wake.clear()

    def _may_start(self) -> bool:
        return len(self._workers) < self._wanted and not self._is_stopping and time.monotonic() >= self._next_start

    def _start_missing(self) -> None:
        self._wanted = self._count()
        with self._lock:
            while self._may_start():
                try:
                    self._workers.append(self._start_worker(self._forget))
                except Exception:
                    self._next_start = time.monotonic() + RETRY_SECONDS
                    raise

    def _let_go_of_surplus(self) -> None:
        """Kill those one too many that never came up: they wait for a machine that has left the cluster."""
        workers = self.workers
        for worker in [worker for worker in workers if not worker.is_ready][: max(0, len(workers) - self._wanted)]:
            worker.kill()

    def _kill_hung(self, elapsed: float) -> None:
        for worker in self.workers:
            worker.silence += elapsed
            if worker.silence >= (self._hang_after if worker.is_ready else max(self._hang_after, START_SECONDS)):
                log.warning("worker %d was silent for %.0f s and is killed", worker.pid, worker.silence)
                worker.why_gone = f"after {worker.silence:.0f} s without a word"
                worker.kill()

    def _forget(self, worker: WorkerHandle) -> None:
        with self._lock:
            self._workers.remove(worker)
            if not worker.is_ready:
                self._next_start = time.monotonic() + RETRY_SECONDS
            is_stopping = self._is_stopping
            self._num_lost += not is_stopping
        if not is_stopping:
            log.warning("worker %d died and is replaced", worker.pid)
        self._on_end(worker)
        self._wake.set()
