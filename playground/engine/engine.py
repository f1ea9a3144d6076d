"""The engine: takes jobs, has workers run them and shows how they are."""

import atexit
import secrets
import threading

from playground.engine.demands import refuse_too_much
from playground.engine.ledger import Ledger
from playground.engine.limits import Limits
from playground.engine.state import EngineState
from playground.engine.submission import Submission
from playground.engine.view import Command, View
from playground.engine.workers.crew import ROUND_SECONDS, Crew
from playground.engine.workers.handle import WorkerHandle, WorkerKind
from playground.engine.workers.messages import Report
from playground.engine.workers.process import LocalWorkers
from playground.jobs.job import Job


class Engine:
    """Runs jobs in workers. Any thread may call any method; only `start` and `stop` wait for workers.

    Args:
        kind: where the workers come from; None: processes of this machine.
    """

    def __init__(self, limits: Limits | None = None, kind: WorkerKind | None = None):
        self.limits = limits or Limits()
        self._kind = kind or LocalWorkers()
        self._lock = threading.Lock()  # guards the ledger
        self._ledger = Ledger(self.limits, self._workers)
        self._crew = Crew(
            lambda: self._kind.count(self.limits),
            lambda on_end: self._kind.start_worker(self._take_report, on_end),
            hang_after=self.limits.hang_after,
            round_seconds=min(ROUND_SECONDS, self.limits.pause_after / 2),
            on_round=self._check,
            on_end=self._lose,
        )
        self._is_started = False

    @property
    def worker_pids(self) -> list[int]:
        """Of the workers that are known to be there; a process of Ray comes up later than its worker."""
        return [worker.pid for worker in self._crew.workers if worker.pid]

    def start(self) -> None:
        """Start the workers; a second call does nothing, and a stopped engine is not started again.

        Raises:
            ValueError: one sentence, when there can be no worker.
        """
        with self._lock:
            if self._is_started:
                return
            self._kind.open(self.limits)
            self._is_started = True
        atexit.register(self.stop)
        self._crew.start()

    def stop(self) -> None:
        """End all workers and with them all jobs."""
        atexit.unregister(self.stop)
        if self._is_started:
            self._crew.stop()
            self._kind.close()

    def submit(self, job: Job, *, owner: str, starts_paused: bool = False) -> str:
        """Id of the job, which starts at once or waits in the queue. A divided job is spread over all workers.

        Args:
            job: what to run; it is pickled here.
            owner: whose job it is, such as a session's token; each owner may have only so many.
            starts_paused: take only the first snapshot, and wait for a command.

        Raises:
            EngineFull: if the owner or the engine has as many jobs as it may, or the job asks for more than it may.
        """
        refuse_too_much(job, self.limits)
        submission = Submission(
            secrets.token_urlsafe(16), owner, job, count=max(1, self._crew.wanted), starts_paused=starts_paused
        )
        with self._lock:
            self._ledger.take(submission)
        return submission.job_id

    def view(self, job_id: str) -> View:
        """The job as it is now; also renews its lease.

        Raises:
            UnknownJob: if there is no such job, or no longer.
        """
        with self._lock:
            ledger = self._ledger
            submission = ledger.look_at(job_id)
            place, wait, left = (ask(submission) for ask in (ledger.place_of, ledger.wait_of, ledger.left_of))
            return submission.view(place, wait, left)

    def command(self, job_id: str, command: Command) -> None:
        """Pass the command on; a queued job gets it when it starts, only "stop" works at once.

        Raises:
            UnknownJob: if there is no such job, or no longer.
        """
        with self._lock:
            self._ledger.look_at(job_id).command(command)

    def free(self, job_id: str) -> None:
        """Forget the job; nothing happens when it is forgotten already."""
        with self._lock:
            self._ledger.forget(job_id)

    @property
    def num_running(self) -> int:
        """Jobs that run and are looked at."""
        with self._lock:
            return self._ledger.num_running

    def state(self) -> EngineState:
        """How the engine itself is."""
        with self._lock:
            jobs = self._ledger.count()
        workers = self._crew.workers
        memory = (worker.memory() for worker in workers)
        return EngineState(
            jobs=jobs,
            silences=tuple(worker.silence for worker in workers if worker.is_ready),
            memory=tuple(number for number in memory if number),
            num_wanted=self._crew.wanted,
            num_lost=self._crew.num_lost,
            is_looked_after=self._crew.is_alive,
        )

    # Called by the crew and its workers, in their threads.

    def _workers(self) -> list[WorkerHandle]:
        """None while one is about to start, which will be the emptiest."""
        return [] if self._crew.is_about_to_start_one else self._crew.workers

    def _take_report(self, _worker: WorkerHandle, report: Report) -> None:
        with self._lock:
            self._ledger.take_report(report)

    def _lose(self, worker: WorkerHandle) -> None:
        with self._lock:
            self._ledger.lose(worker)

    def _check(self) -> None:
        with self._lock:
            self._ledger.check()
