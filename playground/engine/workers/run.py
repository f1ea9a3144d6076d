"""One job under way in a worker."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field

from playground.jobs.job import Job, Snapshot, Turn
from playground.jobs.time_left import TimeLeft

Frames = Generator[Snapshot | None, Turn | None, None]


def frames_of(load: Callable[[], Job]) -> Frames:
    """The job's frames; what goes wrong in making the job goes wrong in its first turn."""
    yield from load().frames()


@dataclass
class Run:
    """A job's frames and whether they should go on.

    Args:
        is_running: False while a person has it paused.
        is_resting: True while nobody looks at it; apart from `is_running`, so that looking again restores either.
        until_epoch: pause when this epoch is reached; None: go on.
        epoch: the epoch of the last snapshot; None when its snapshots have none.
        notice: why the last change was refused; said until the next command.
        num_obeyed: commands so far.
        used: seconds of turns it has had; a newcomer starts with what the others have had.
        spent: seconds of computing so far.
        seconds_left: of computing to its end; None while unknown.
        drawn: when its last snapshot was taken, in the seconds of the worker's clock.
    """

    job_id: str
    frames: Frames
    is_running: bool = True
    is_resting: bool = False
    until_epoch: int | None = None
    epoch: int | None = None
    notice: str = ""
    num_obeyed: int = 0
    used: float = 0.0
    spent: float = 0.0
    seconds_left: float | None = None
    drawn: float = float("-inf")
    _time_left: TimeLeft = field(default_factory=TimeLeft)

    @property
    def status(self) -> str:
        return "running" if self.is_running else "paused"

    @property
    def wants_turns(self) -> bool:
        return self.is_running and not self.is_resting

    def go_on(self) -> None:
        self.is_running = True
        self.until_epoch = None

    def pause(self) -> None:
        self.is_running = False
        self.until_epoch = None

    def go_on_for_one_epoch(self) -> None:
        self.is_running = True
        self.until_epoch = (self.epoch or 0) + 1

    def note(self, snapshot: Snapshot) -> None:
        """Remember where the job is, and pause it when that is where it was to stop."""
        self.epoch = getattr(snapshot, "epoch", None)
        self.seconds_left = self._time_left.after(self.spent, snapshot)
        if self.until_epoch is not None and (self.epoch is None or self.epoch >= self.until_epoch):
            self.pause()
