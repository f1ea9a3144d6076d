"""The best learning rate of each optimizer on a surface, by trying some."""

import math
from collections.abc import Mapping, Sequence

from playground.config import Config
from playground.train.path import FINISHED, Race

COARSE = tuple(10 ** (quarter / 4) for quarter in range(-16, 13))  # 1e-4 to 1e3, four in each decade
FINE = tuple(10 ** (part / 32) for part in (-6, -4, -2, 2, 4, 6))  # times the best one so far


class Sweep:
    """Two rounds, a coarse and a fine one; the best rate is the one whose last value is lowest.

    Args:
        as Race.
    """

    def __init__(
        self,
        surface: str,
        numbers: Mapping[str, float],
        start: tuple[float, float],
        configs: Sequence[Config],
        num_steps: int,
    ):
        self._task = surface, numbers, start
        self._num_steps = num_steps
        self._found: list[dict[float, float]] = [{} for _ in configs]  # learning rate -> last value
        self._configs = list(configs)
        self._rounds_done = 0
        self._race = self._race_of([COARSE] * len(configs))

    @property
    def has_ended(self) -> bool:
        return self._rounds_done == 2

    @property
    def fraction(self) -> float:
        """Share done; the coarse round is the longer one."""
        share = len(COARSE) / (len(COARSE) + len(FINE))
        within = self._race.step / self._num_steps
        return [share * within, share + (1 - share) * within, 1.0][self._rounds_done]

    def advance(self) -> None:
        """One step of everything that is tried at present."""
        if not self._race.has_ended:
            self._race.advance()
            return
        for (number, rate), walker in zip(self._tried, self._race.walkers, strict=True):
            self._found[number][rate] = walker.values[-1] if walker.status == FINISHED else math.inf
        self._rounds_done += 1
        if not self.has_ended:
            self._race = self._race_of([[rate * factor for factor in FINE] for rate in self.best()])

    def best(self) -> list[float]:
        """Of each optimizer, the learning rate with the lowest last value."""
        return [min(found, key=found.get) for found in self._found]

    def _race_of(self, rates: Sequence[Sequence[float]]) -> Race:
        self._tried = [(number, rate) for number, some in enumerate(rates) for rate in some]
        configs = [self._configs[number].model_copy(update={"learning_rate": rate}) for number, rate in self._tried]
        return Race(*self._task, configs, self._num_steps, keeps=False)
