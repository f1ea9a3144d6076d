"""Figure, and how times are taken on a machine that others use too."""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured figure.

    Args:
        baseline: what it is compared with, in the same unit; None for none. There is no ratio to none or to 0.
        goal: what it should reach, in words.
    """

    name: str
    value: float
    unit: str
    baseline: float | None
    goal: str

    @property
    def ratio(self) -> float | None:
        return self.value / self.baseline if self.baseline else None

    def to_json(self) -> dict[str, object]:
        return {"value": self.value, "unit": self.unit, "baseline": self.baseline, "ratio": self.ratio}


Measurement = Callable[[], Iterator[Figure]]


def take_turns(
    *contenders: Callable[[], object], rounds: int, clock: Callable[[], float] = time.thread_time
) -> list[list[float]]:
    """Seconds of each call of each contender: of computing in this thread, so that waiting for others does not count.

    The contenders take turns, so that a moment of slower cores hits all of them. The first round only warms up.
    """
    times: list[list[float]] = [[] for _ in contenders]
    for number in range(rounds + 1):
        for contender, its_times in zip(contenders, times, strict=True):
            started = clock()
            contender()
            if number:
                its_times.append(clock() - started)
    return times


def compared(ours: list[float], theirs: list[float]) -> tuple[float, float]:
    """(our median, theirs); their ratio is the median of the ratios of rounds, the steadiest on a busy machine."""
    median = statistics.median(ours)
    return median, median / statistics.median(our / their for our, their in zip(ours, theirs, strict=True))
