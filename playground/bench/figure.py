"""Figure, and how times are taken on a machine that others use too."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured figure.

    Args:
        baseline: what it is compared with, in the same unit; None for none.
        goal: what it should reach, in words.
    """

    name: str
    value: float
    unit: str
    baseline: float | None
    goal: str

    @property
    def ratio(self) -> float | None:
        return None if self.baseline is None else self.value / self.baseline

    def to_json(self) -> dict[str, object]:
        return {"value": self.value, "unit": self.unit, "baseline": self.baseline, "ratio": self.ratio}


Measurement = Callable[[], Iterator[Figure]]


def fastest(*contenders: Callable[[], object], rounds: int) -> list[float]:
    """Seconds of computing of the fastest call of each contender, in this thread.

    Waiting for others on the machine does not count, and the contenders take turns, so that a moment of slower cores
    hits all of them. The first round only warms up.
    """
    best = [float("inf")] * len(contenders)
    for number in range(rounds + 1):
        for index, contender in enumerate(contenders):
            started = time.thread_time()
            contender()
            if number:
                best[index] = min(best[index], time.thread_time() - started)
    return best
