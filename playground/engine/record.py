"""What the server keeps of one job."""

import pickle
from dataclasses import dataclass, field

from playground.engine.messages import Report
from playground.engine.process import WorkerProcess
from playground.engine.view import Command, View
from playground.jobs.job import Snapshot

UNFINISHED = {"queued", "running", "paused"}


@dataclass
class Record:
    """A job, where it runs and its latest news. The engine's lock guards it.

    Args:
        job: pickled; dropped once a worker has it.
        worker: None while queued and after the end.
        starts_paused: it takes no step before a command.
        commands: given while it was queued.
        num_commands: sent to the worker so far.
    """

    job_id: str
    owner: str
    job: bytes | None
    starts_paused: bool = False
    worker: WorkerProcess | None = None
    commands: list[Command] = field(default_factory=list)
    status: str = "queued"
    message: str = ""
    num_commands: int = 0
    step: int | None = None
    version: int = 1
    _raw: bytes | None = None
    _snapshot: Snapshot | None = None

    @property
    def is_unfinished(self) -> bool:
        return self.status in UNFINISHED

    def start_on(self, worker: WorkerProcess) -> None:
        worker.send("submit_paused" if self.starts_paused else "submit", self.job_id, self.job)
        self.worker = worker
        for command in self.commands:
            self.command(command)
        self.commands.clear()
        self.job = None
        self.status = "running"
        self.version += 1

    def command(self, command: Command) -> None:
        """Send it to the worker; until it is obeyed the job counts as running, so that a page keeps looking."""
        self.worker.send("command", self.job_id, command)
        self.num_commands += 1
        self.status = "running"
        self.version += 1

    def end(self, status: str, message: str = "") -> None:
        self.worker = None
        self.status = status
        self.message = message
        self.version += 1

    def update(self, report: Report) -> None:
        """Take the news; the snapshot stays bytes until somebody looks."""
        is_behind = report.num_obeyed < self.num_commands and report.status in UNFINISHED
        self.status = "running" if is_behind else report.status
        self.message = report.message
        self.version += 1
        if report.snapshot is not None:
            self.step = report.step
            self._raw = report.snapshot
        if not self.is_unfinished:
            self.worker = None

    def lose(self) -> None:
        """Its worker died."""
        where = "" if self.step is None else f" at step {self.step}"
        self.end("lost", f"The process that ran this was killed{where}; start it again.")

    def view(self, place: int | None) -> View:
        if self._raw is not None:
            self._snapshot = pickle.loads(self._raw)
            self._raw = None
        return View(self.status, self.message, place, self._snapshot, self.version)
