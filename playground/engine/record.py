"""What the server keeps of one job of a worker."""

import pickle
from dataclasses import dataclass, field

from playground.engine.view import Command
from playground.engine.workers.handle import WorkerHandle
from playground.engine.workers.messages import Report
from playground.jobs.job import Job, Part, Snapshot

UNFINISHED = {"queued", "running", "paused"}


@dataclass
class Record:
    """A submitted job, or one part of it: where it runs and its latest news. The engine's lock guards it.

    Args:
        run_id: its name in messages.
        job: pickled; dropped once a worker has it.
        part: kept to be run again when its worker dies; None: it is not a part.
        num_runs: how often the part was begun.
        starts_paused: it takes no step before a command.
        worker: None while it waits for one and after the end.
        commands: given while it waited.
        num_commands: sent to the worker so far.
        seconds: of computing so far, `seconds_before` of them in earlier runs of the part.
        seconds_left: of computing to its end; None while unknown.
    """

    run_id: str
    job: bytes | None
    part: Part | None = None
    num_runs: int = 1
    starts_paused: bool = False
    worker: WorkerHandle | None = None
    commands: list[Command] = field(default_factory=list)
    status: str = "queued"
    message: str = ""
    num_commands: int = 0
    step: int | None = None
    seconds: float = 0.0
    seconds_before: float = 0.0
    seconds_left: float | None = None
    _raw: bytes | None = None
    _latest: Snapshot | None = None
    _before: Snapshot | None = None  # of the run that this one repeats

    @classmethod
    def of(cls, run_id: str, job: Job, *, part: Part | None = None, starts_paused: bool = False) -> "Record":
        return cls(run_id, pickle.dumps(job, pickle.HIGHEST_PROTOCOL), part, starts_paused=starts_paused)

    @property
    def is_unfinished(self) -> bool:
        return self.status in UNFINISHED

    @property
    def is_waiting(self) -> bool:
        """Whether it needs a worker."""
        return self.is_unfinished and self.worker is None

    def start_on(self, worker: WorkerHandle) -> None:
        worker.send("submit_paused" if self.starts_paused else "submit", self.run_id, self.job)
        self.worker = worker
        self.job = None
        if self.status == "queued":
            self.status = "running"
        for command in self.commands:
            self.command(command)
        self.commands.clear()

    def command(self, command: Command) -> None:
        """Send it to the worker; until it is obeyed the job counts as running, so that a page keeps looking."""
        if self.worker is not None:
            self.worker.send("command", self.run_id, command)
            self.num_commands += 1
            self.status = "running"
        elif self.is_waiting and command.name == "stop":
            self.end("stopped")
        elif self.is_waiting:
            self.commands.append(command)

    def tell_worker(self, name: str) -> None:
        if self.worker is not None:
            self.worker.send(name, self.run_id)

    def update(self, report: Report) -> None:
        """Take the news; the snapshot stays bytes until somebody looks."""
        is_behind = report.num_obeyed < self.num_commands and report.status in UNFINISHED
        self.status = "running" if is_behind else report.status
        self.message = report.message
        self.seconds = self.seconds_before + report.seconds
        self.seconds_left = report.seconds_left
        if report.snapshot is not None:
            self.step = report.step
            self._raw = report.snapshot
        if not self.is_unfinished:
            self.worker = None

    def end(self, status: str, message: str = "") -> None:
        self.worker = None
        self.job = None
        self.status = status
        self.message = message

    def lose(self, why: str) -> None:
        """Its worker died, for a reason that a person is told where it is known."""
        if self.num_runs > 1:
            what = f"A process that ran a part of this was killed {self.num_runs} times"
        else:
            where = "" if self.step is None else f" at step {self.step}"
            what = f"The process that ran this was killed{where}"
        self.end("lost", f"{what}{f', {why}' if why else ''}; start it again.")

    def latest(self) -> Snapshot | None:
        """The last snapshot of this run, decoded once."""
        if self._raw is not None:
            self._latest = pickle.loads(self._raw)
            self._raw = None
        return self._latest

    def snapshot(self) -> Snapshot | None:
        """What a person sees: the last snapshot, or while it catches up that of the run that it repeats."""
        latest = self.latest()
        if self._before is not None:
            if latest is None or not (latest.has_ended or latest.fraction >= self._before.fraction):
                return self._before
            self._before = None
        return latest

    def again(self, run_id: str, commands: list[Command], *, is_paused: bool) -> "Record":
        """The part's next run, which goes on after what this one has told."""
        rest = self.part.after(self.latest() or self._before)
        record = Record.of(run_id, rest, part=rest, starts_paused=is_paused)
        record.num_runs = self.num_runs + 1
        record.seconds = record.seconds_before = self.seconds
        record.status = "paused" if is_paused else "running"
        record._before = self.snapshot()
        for command in commands:
            record.command(command)
        return record
