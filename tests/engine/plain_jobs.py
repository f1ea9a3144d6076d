"""Jobs in plain Python, importable here and in the workers of the tests."""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from playground.jobs.job import Snapshot, Turn


@dataclass(frozen=True)
class CountSnapshot(Snapshot):
    """Where a count is; `seconds` is the time it was given so far."""

    step: int = 0
    epoch: int = 0
    stride: int = 1
    seconds: float = 0.0


@dataclass(frozen=True)
class CountJob:
    """Counts, with all that a job promises.

    Args:
        num_steps: where the count ends.
        step_seconds: computing time of a step.
        work: what a step does with that time; None: sleep.
    """

    num_steps: int = 1_000_000
    steps_per_epoch: int = 100
    step_seconds: float = 0.001
    work: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.perf_counter

    def frames(self):
        step, stride, message, seconds = 0, 1, "", 0.0
        turn: Turn = yield CountSnapshot()
        while True:
            if "stride" in turn.changes:
                wanted = turn.changes["stride"]
                message = "" if isinstance(wanted, int) else f"stride must be a whole number, got {wanted!r}."
                stride = wanted if isinstance(wanted, int) else stride
            started = self.clock()
            deadline = started + turn.seconds
            steps = epochs = 0
            while (
                step < self.num_steps
                and self.clock() < deadline
                and steps != turn.max_steps
                and epochs != turn.max_epochs
            ):
                self.work(self.step_seconds)
                steps += 1
                step += stride
                epochs += step % self.steps_per_epoch == 0
            seconds += self.clock() - started
            status = "stopped" if turn.stop else "finished" if step >= self.num_steps else "running"
            snapshot = CountSnapshot(
                status, message, step / self.num_steps, None, step, step // self.steps_per_epoch, stride, seconds
            )
            if snapshot.has_ended:
                yield snapshot
                return
            turn = yield snapshot if turn.wants_snapshot else None


@dataclass(frozen=True)
class RefusedJob:
    sentence: str = "num_epochs must be at least 1, got 0."

    def frames(self):
        raise ValueError(self.sentence)
        yield


@dataclass(frozen=True)
class FailingJob:
    """Breaks in its second turn."""

    def frames(self):
        yield Snapshot()
        print("a job may print")
        raise RuntimeError("secret detail")


@dataclass(frozen=True)
class HungryJob:
    """Its second turn wants more memory than any machine has."""

    def frames(self):
        yield Snapshot()
        yield Snapshot("finished", str(len(bytearray(2**55))))


@dataclass(frozen=True)
class GreedyJob:
    """Its second turn takes what memory its worker has left, which is little, to the last crumb (Linux)."""

    LEFT = 100 * 2**20  # bytes

    def frames(self):
        import resource

        yield Snapshot()
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + self.LEFT
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))
        eaten, piece = [None], 2**20
        hunger = MemoryError(eaten)  # holds on to it until it is handled
        while piece:
            try:
                while True:
                    eaten[0] = (eaten[0], bytes(piece))
            except MemoryError:
                piece //= 2
        raise hunger


@dataclass(frozen=True)
class HeavyJob:
    """Its second turn takes this long, whatever was asked."""

    seconds: float

    def frames(self):
        yield Snapshot()
        time.sleep(self.seconds)
        yield Snapshot("finished")


@dataclass(frozen=True)
class StubbornJob:
    """Its second turn lets no other thread of its process do anything for half a minute."""

    def frames(self):
        yield Snapshot()
        sum(range(2 * 10**9))  # one call that holds the interpreter
        yield Snapshot("finished")


@dataclass(frozen=True)
class MuteJob:
    """Its second turn closes the pipes of its worker, which goes on."""

    def frames(self):
        yield Snapshot()
        os.closerange(3, 1000)
        time.sleep(60)


warmed_up = []


def warm_up():
    warmed_up.append(True)


@dataclass(frozen=True)
class AskJob:
    """Says in its message what its worker is like."""

    def frames(self):
        nice = os.nice(0) if hasattr(os, "nice") else None
        threads = os.environ.get("OMP_NUM_THREADS")
        message = f"nice {nice}, threads {threads}, preloaded {'wave' in sys.modules}, warm-ups {len(warmed_up)}"
        yield Snapshot("finished", message)


@dataclass(frozen=True)
class UnpicklableJob:
    """Its snapshot cannot be sent."""

    def frames(self):
        yield Snapshot(message=lambda: None)


class VanishingJob:
    """Cannot be made again in a worker."""

    def __reduce__(self):
        return _import_nothing, ()


def _import_nothing():
    raise ImportError("no such module in a worker")


@dataclass(frozen=True)
class SquaresSnapshot(Snapshot):
    """Args:
    squares: (number, its square, process that found it), in the order of the numbers.
    """

    squares: tuple[tuple[int, int, int], ...] = ()

    @property
    def found(self):
        return {number: square for number, square, _ in self.squares}


joins = []  # one entry for each time that snapshots were joined in this process


@dataclass(frozen=True)
class SquaresJob:
    """Squares of the numbers from 0, a divided job.

    Args:
        step_seconds: computing time of one of the ten steps that a square takes.
        fails_at, refuses, kills: number at which a part raises an error, turns down its input or ends its process.
    """

    num_numbers: int = 10
    step_seconds: float = 0.0
    fails_at: int | None = None
    refuses: int | None = None
    kills: int | None = None

    def frames(self):
        (part,) = self.parts(1)
        yield from part.frames()

    def parts(self, count):
        count = min(count, self.num_numbers)
        return [SquaresPart(self, index, count) for index in range(count)]

    def joined(self, snapshots):
        joins.append(self)
        squares = sorted(square for snapshot in snapshots if snapshot for square in snapshot.squares)
        has_ended = all(snapshot and snapshot.has_ended for snapshot in snapshots)
        statuses = {snapshot.status for snapshot in snapshots if snapshot}
        status = ("stopped" if "stopped" in statuses else "finished") if has_ended else "running"
        fraction = sum(snapshot.fraction for snapshot in snapshots if snapshot) / len(snapshots)
        return SquaresSnapshot(status, "", fraction, None, tuple(squares))


@dataclass(frozen=True)
class SquaresPart:
    """Every `count`-th number from `index` on."""

    job: SquaresJob
    index: int
    count: int
    done: tuple[tuple[int, int, int], ...] = ()

    STEPS = 10

    def after(self, snapshot):
        return self if snapshot is None else replace(self, done=snapshot.squares)

    def frames(self):
        numbers = range(self.index, self.job.num_numbers, self.count)
        squares, step = list(self.done), 0
        turn = yield SquaresSnapshot("running", "", len(squares) / len(numbers), None, tuple(squares))
        while True:
            deadline, steps = time.perf_counter() + turn.seconds, 0
            while len(squares) < len(numbers) and time.perf_counter() < deadline and steps != turn.max_steps:
                steps, step = steps + 1, step + 1
                time.sleep(self.job.step_seconds)
                if step == self.STEPS:
                    number, step = numbers[len(squares)], 0
                    self._come_to_grief(number)
                    squares.append((number, number**2, os.getpid()))
            status = "stopped" if turn.stop else "finished" if len(squares) == len(numbers) else "running"
            fraction = (len(squares) + step / self.STEPS) / len(numbers)
            snapshot = SquaresSnapshot(status, "", fraction, None, tuple(squares))
            if snapshot.has_ended:
                yield snapshot
                return
            turn = yield snapshot if turn.wants_snapshot else None

    def _come_to_grief(self, number):
        if number == self.job.fails_at:
            raise RuntimeError("secret detail")
        if number == self.job.refuses:
            raise ValueError(f"{number} cannot be squared.")
        if number == self.job.kills:
            os._exit(1)
