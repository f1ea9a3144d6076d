"""A job as it was submitted, whole or in parts."""

import logging
from collections.abc import Callable, Mapping, Sequence

from playground.engine.record import Record
from playground.engine.view import Command, View
from playground.engine.workers.handle import WorkerHandle
from playground.engine.workers.messages import Report
from playground.jobs.job import DividedJob, Job, Snapshot

MOST_RUNS = 4  # of one part; one that kills its worker each time must end
PAUSING = {"pause", "one_step"}
TROUBLES = {"failed", "refused", "lost"}  # a part that ends so ends the whole
# The whole is the first of these that any of its parts is.
STATUSES = ("running", "paused", "queued", "failed", "refused", "lost", "stopped", "diverged", "finished")

log = logging.getLogger(__name__)


class Submission:
    """One record, or one for each part, seen as one job. The engine's lock guards it once it is kept.

    Args:
        owner: whose job it is, such as a session's token.
        count: in how many parts a divided job is cut.
        starts_paused: take only the first snapshot, and wait for a command.
    """

    def __init__(self, job_id: str, owner: str, job: Job, *, count: int, starts_paused: bool = False):
        self.job_id = job_id
        self.owner = owner
        self.version = 1
        self._join: Callable[[Sequence[Snapshot | None]], Snapshot] | None = None
        self._snapshot: Snapshot | None = None
        self._joined_version = 0
        self.is_untouched = starts_paused  # nobody has told it anything: it shows a start that can be had again
        self._changes: list[Command] = []
        self._why_stopped = ""
        self._last = Command.pause() if starts_paused else Command.resume()  # what a person chose last
        if isinstance(job, DividedJob):
            self._join = job.joined
            self.records = [
                Record.of(f"{job_id}/{index}", part, part=part, starts_paused=starts_paused)
                for index, part in enumerate(job.parts(count))
            ]
        else:
            self.records = [Record.of(job_id, job, starts_paused=starts_paused)]

    @staticmethod
    def id_of_run(run_id: str) -> str:
        """The submitted job that a record of this name belongs to."""
        return run_id.partition("/")[0]

    @property
    def status(self) -> str:
        statuses = {record.status for record in self.records}
        return next(status for status in STATUSES if status in statuses)

    @property
    def seconds(self) -> float:
        """Of computing so far, all parts together."""
        return sum(record.seconds for record in self.records)

    @property
    def is_unfinished(self) -> bool:
        return any(record.is_unfinished for record in self.records)

    @property
    def is_going(self) -> bool:
        """Begun and not ended."""
        return self.is_unfinished and self.status != "queued"

    @property
    def workers(self) -> list[WorkerHandle]:
        return [record.worker for record in self.records if record.worker is not None]

    @property
    def waiting(self) -> list[Record]:
        """Records that need a worker."""
        return [record for record in self.records if record.is_waiting]

    def start(self, record: Record, worker: WorkerHandle) -> None:
        record.start_on(worker)
        self.version += 1

    def command(self, command: Command) -> None:
        """Pass it on to every part; the parts that have ended ignore it."""
        self.is_untouched = False
        if command.name == "change":
            self._changes.append(command)
        else:
            self._last = command
        for record in self.records:
            record.command(command)
        self.version += self.is_unfinished

    def stop(self, why: str) -> None:
        """Stop it for a reason that a person is told; it keeps what it has."""
        if self.is_unfinished and not self._why_stopped:
            self._why_stopped = why
            self.command(Command.stop())

    def tell_workers(self, name: str) -> None:
        for record in self.records:
            record.tell_worker(name)

    def update(self, report: Report) -> None:
        for record in self.records:
            if record.run_id == report.job_id:
                record.update(report)
                self._end_together(record)
                self.version += 1

    def lose(self, worker: WorkerHandle) -> None:
        """The worker died; what it ran of this is lost, or waits to be run again where it is a part."""
        for index, record in enumerate(self.records):
            if record.worker is worker:
                self.records[index] = self._after_death(record)
                self._end_together(self.records[index])
                self.version += 1

    def seconds_left(self, load: Mapping[WorkerHandle, int]) -> float | None:
        """Until it ends if nothing changes, by the clock on the wall; None when it does not tell, or is paused.

        Args:
            load: how many records share each worker.
        """
        lefts = []
        for record in filter(lambda record: record.is_unfinished, self.records):
            if record.status != "running" or record.worker is None or record.seconds_left is None:
                return None
            lefts.append(record.seconds_left * load[record.worker])
        return max(lefts, default=None)

    def view(self, place: int | None, wait: float | None = None, left: float | None = None) -> View:
        """As it is now; snapshots are decoded and joined once for each version, and only here."""
        if self._joined_version != self.version:
            self._snapshot = self._joined()
            self._joined_version = self.version
        return View(self.status, self._message(), place, self._snapshot, self.version, self.owner, wait, left)

    def _joined(self) -> Snapshot | None:
        snapshots = [record.snapshot() for record in self.records]
        if self._join is None:
            return snapshots[0]
        return self._join(snapshots) if any(snapshots) else None

    def _message(self) -> str:
        """What the parts that decide the status say; else what there is to say of the whole."""
        if self._why_stopped and self.status == "stopped":
            return self._why_stopped
        said = [record.message for record in self.records if record.status == self.status and record.message]
        if self._join is not None and self._snapshot is not None and self.status not in TROUBLES:
            said.insert(0, self._snapshot.message)
        return next(filter(None, said), "")

    def _end_together(self, record: Record) -> None:
        """Stop the other parts when this one has come to grief."""
        if record.status in TROUBLES:
            self._last = Command.stop()
            for other in self.records:
                other.command(self._last)

    def _after_death(self, record: Record) -> Record:
        """What stands in the place of a record whose worker is gone."""
        why, record.worker = record.worker.why_gone, None
        if record.part is None or record.num_runs >= MOST_RUNS:
            record.lose(why)
        elif self._last.name == "stop":
            record.end("stopped")
        else:
            is_paused = record.status == "paused" or self._last.name in PAUSING
            again = [self._last] if self._last.name == "one_epoch" and not is_paused else []
            try:
                return record.again(f"{record.run_id}+", [*self._changes, *again], is_paused=is_paused)
            except Exception as error:
                log.exception("a part of job %s cannot be run again", self.job_id)
                record.end("failed", f"A part of this run was killed and cannot go on ({type(error).__name__}).")
        return record
