"""The engine of one machine: worker processes that share its cores."""

import atexit
import pickle
import secrets
import threading
from functools import partial

from playground.engine.crew import ROUND_SECONDS, Crew
from playground.engine.leases import Leases
from playground.engine.limits import Limits
from playground.engine.messages import Report
from playground.engine.process import WorkerProcess
from playground.engine.record import Record
from playground.engine.view import Command, EngineFull, UnknownJob, View
from playground.jobs.job import Job


class LocalEngine:
    """Runs jobs in worker processes. Any thread may call any method; none waits for a worker.

    Args:
        preload: modules, or `module:function` to call, that each worker imports at the start.
        python_path: folders that workers can import from, besides the project.
    """

    def __init__(
        self, limits: Limits | None = None, *, preload: tuple[str, ...] = (), python_path: tuple[str, ...] = ()
    ):
        self.limits = limits or Limits()
        self._lock = threading.Lock()  # guards the records, the queue and the leases
        self._records: dict[str, Record] = {}
        self._queue: list[Record] = []
        self._leases = Leases(self.limits.pause_after, self.limits.free_after)
        self._crew = Crew(
            self.limits.num_workers,
            partial(WorkerProcess, preload, python_path, self._take_report),
            hang_after=self.limits.hang_after,
            round_seconds=min(ROUND_SECONDS, self.limits.pause_after / 2),
            on_round=self._check_leases,
            on_end=self._lose_jobs,
        )
        self._is_started = False

    @property
    def worker_pids(self) -> list[int]:
        return [worker.pid for worker in self._crew.workers]

    def start(self) -> None:
        """Start the workers; a second call does nothing, and a stopped engine is not started again."""
        with self._lock:
            if self._is_started:
                return
            self._is_started = True
        atexit.register(self.stop)
        self._crew.start()

    def stop(self) -> None:
        """End all workers and with them all jobs."""
        atexit.unregister(self.stop)
        if self._is_started:
            self._crew.stop()

    def submit(self, job: Job, *, owner: str, starts_paused: bool = False) -> str:
        """Id of the job, which starts at once or waits in the queue.

        Args:
            job: what to run; it is pickled here.
            owner: whose job it is, such as a session's token; each owner may have only so many.
            starts_paused: take only the first snapshot, and wait for a command.

        Raises:
            EngineFull: if the owner or the engine has as many jobs as it may.
        """
        record = Record(secrets.token_urlsafe(16), owner, pickle.dumps(job, pickle.HIGHEST_PROTOCOL), starts_paused)
        with self._lock:
            self._check_room(owner)
            self._records[record.job_id] = record
            self._leases.renew(record.job_id)
            self._queue.append(record)
            self._start_queued()
        return record.job_id

    def view(self, job_id: str) -> View:
        """The job as it is now; also renews its lease.

        Raises:
            UnknownJob: if there is no such job, or no longer.
        """
        with self._lock:
            record = self._look_at(job_id)
            return record.view(self._queue.index(record) + 1 if record in self._queue else None)

    def command(self, job_id: str, command: Command) -> None:
        """Pass the command on; a queued job gets it when it starts, only "stop" works at once.

        Raises:
            UnknownJob: if there is no such job, or no longer.
        """
        with self._lock:
            record = self._look_at(job_id)
            if record.worker is not None:
                record.command(command)
            elif record in self._queue and command.name == "stop":
                self._queue.remove(record)
                record.end("stopped")
            elif record in self._queue:
                record.commands.append(command)

    def free(self, job_id: str) -> None:
        """Forget the job; nothing happens when it is forgotten already."""
        with self._lock:
            self._forget(job_id)
            self._start_queued()

    # Called with the lock held.

    def _check_room(self, owner: str) -> None:
        limits = self.limits
        owners = [record.owner for record in self._records.values() if record.is_unfinished]
        if owners.count(owner) >= limits.jobs_per_session:
            raise EngineFull(
                f"A session may have {limits.jobs_per_session} unfinished runs and this one has;"
                " stop one to start another."
            )
        if len(owners) >= limits.max_jobs + limits.queue_length:
            raise EngineFull(
                f"All places are taken: {limits.max_jobs} runs may go on at once and {limits.queue_length} may wait;"
                " try again in a minute."
            )

    def _start_queued(self) -> None:
        """Start jobs that somebody looks at, first come first served, each on the worker with the fewest."""
        workers = self._crew.workers
        load = {worker: 0 for worker in workers}
        for record in self._records.values():
            if record.worker in load:
                load[record.worker] += 1
        for record in [record for record in self._queue if not self._leases.is_resting(record.job_id)]:
            if not load or sum(load.values()) >= self.limits.max_jobs:
                return
            worker = min(load, key=load.__getitem__)
            load[worker] += 1
            self._queue.remove(record)
            record.start_on(worker)

    def _look_at(self, job_id: str) -> Record:
        record = self._records.get(job_id)
        if record is None:
            raise UnknownJob(
                "This run is no longer kept: nobody looked at it for a while, or the server was restarted;"
                " start it again."
            )
        if self._leases.renew(job_id):
            self._tell_worker(record, "wake")
            self._start_queued()
        return record

    def _tell_worker(self, record: Record, name: str) -> None:
        if record.worker is not None:
            record.worker.send(name, record.job_id)

    def _forget(self, job_id: str) -> None:
        record = self._records.pop(job_id, None)
        self._leases.drop(job_id)
        if record in self._queue:
            self._queue.remove(record)
        if record is not None:
            self._tell_worker(record, "free")

    # Called by the crew and its workers, in their threads.

    def _take_report(self, worker: WorkerProcess, report: Report) -> None:
        with self._lock:
            record = self._records.get(report.job_id)
            if record is not None:
                record.update(report)
                if not record.is_unfinished:
                    self._start_queued()

    def _lose_jobs(self, worker: WorkerProcess) -> None:
        with self._lock:
            for record in self._records.values():
                if record.worker is worker:
                    record.lose()

    def _check_leases(self) -> None:
        with self._lock:
            to_rest, to_free = self._leases.expired()
            for job_id in to_rest:
                self._tell_worker(self._records[job_id], "rest")
            for job_id in to_free:
                self._forget(job_id)
            self._start_queued()
