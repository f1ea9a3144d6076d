"""The best learning rate of each optimizer on a surface, by trying some."""

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from playground.catalog import SCHEDULES
from playground.config import Config
from playground.train.paths.race import FINISHED, Race, Task, optimizer_of, schedule_of, take_step
from playground.train.paths.surfaces import Function

COARSE = tuple(10 ** (quarter / 4) for quarter in range(-16, 13))  # 1e-4 to 1e3, four in each decade
FINE = tuple(10 ** (part / 32) for part in (-6, -4, -2, 2, 4, 6))  # times the best one so far


class Sweep:
    """Two rounds, a coarse and a fine one; the best rate is the one whose last value is lowest.

    Args:
        configs: one for each optimizer.
    """

    def __init__(
        self,
        task: Task,
        configs: Sequence[Config],
        num_steps: int,
    ):
        self._task = task
        self._num_steps = num_steps
        self._found: list[dict[float, float]] = [{} for _ in configs]  # learning rate -> last value
        self._configs = list(configs)
        self._rounds_done = 0
        self._begin([COARSE] * len(configs))

    @property
    def has_ended(self) -> bool:
        return self._rounds_done == 2

    @property
    def fraction(self) -> float:
        """Share done; the coarse round is the longer one."""
        share = len(COARSE) / (len(COARSE) + len(FINE))
        within = self._round.step / self._num_steps
        return [share * within, share + (1 - share) * within, 1.0][self._rounds_done]

    def advance(self) -> None:
        """One step of everything that is tried at present."""
        if not self._round.has_ended:
            self._round.advance()
            return
        for found, rates, values in zip(self._found, self._tried, self._round.last_values(), strict=True):
            found |= {rate: v if math.isfinite(v) else math.inf for rate, v in zip(rates, values, strict=True)}
        self._rounds_done += 1
        if not self.has_ended:
            self._begin([[rate * factor for factor in FINE] for rate in self.best()])

    def best(self) -> list[float]:
        """Of each optimizer, the learning rate with the lowest last value."""
        return [min(found, key=found.get) for found in self._found]

    def _begin(self, rates: Sequence[Sequence[float]]) -> None:
        self._tried = rates
        kind = Packs if all(map(can_pack, self._configs)) else OneByOne
        self._round = kind(self._task, self._configs, rates, self._num_steps)


def can_pack(config: Config) -> bool:
    """Whether the factors of the schedule do not depend on the learning rate or the path, and nothing else pulls."""
    return SCHEDULES[config.schedule].factor is not None and config.min_lr == 0 and config.weight_decay == 0


class Packs:
    """Each optimizer at many learning rates with one step of torch's class for all of them.

    A step is the learning rate times something that only the gradients decide. So z = x / learning rate moves with a
    learning rate of 1 as x does with its own, and one tensor holds them all.
    """

    def __init__(
        self,
        task: Task,
        configs: Sequence[Config],
        rates: Sequence[Sequence[float]],
        num_steps: int,
    ):
        surface, numbers, start = task
        self._function = Function(surface, numbers)
        self._rates = [torch.tensor(some, dtype=torch.float64)[:, None] for some in rates]
        self._scaled = [(torch.tensor(start, dtype=torch.float64) / some).requires_grad_() for some in self._rates]
        units = [config.model_copy(update={"learning_rate": 1.0}) for config in configs]
        self._optimizers = [optimizer_of(z, unit) for z, unit in zip(self._scaled, units, strict=True)]
        self._schedules = [schedule_of(unit, num_steps) for unit in units]
        self._num_steps, self.step = num_steps, 0
        self._look()

    @property
    def has_ended(self) -> bool:
        return self.step == self._num_steps

    def advance(self) -> None:
        """One step of all."""
        for z, gradients, optimizer, schedule in zip(
            self._scaled, self._gradients, self._optimizers, self._schedules, strict=True
        ):
            z.grad = gradients
            take_step(optimizer, schedule, self.step, self._num_steps)
        self.step += 1
        self._look()

    def last_values(self) -> list[list[float]]:
        """Of each optimizer, the value at each learning rate; not finite where it diverged."""
        return [values.tolist() for values in self._values]

    @torch.no_grad()
    def _points(self) -> Tensor:
        return torch.cat([z * rates for z, rates in zip(self._scaled, self._rates, strict=True)])

    def _look(self) -> None:
        values, gradients = self._function.look(self._points())
        sizes = [len(rates) for rates in self._rates]
        self._values, self._gradients = values.split(sizes), gradients.split(sizes)


class OneByOne:
    """The same with an optimizer for each learning rate, for schedules that follow the path."""

    def __init__(
        self,
        task: Task,
        configs: Sequence[Config],
        rates: Sequence[Sequence[float]],
        num_steps: int,
    ):
        self._sizes = [len(some) for some in rates]
        each = [
            config.model_copy(update={"learning_rate": rate, "min_lr": min(config.min_lr, rate)})
            for config, some in zip(configs, rates, strict=True)
            for rate in some
        ]
        self._race = Race(*task, each, num_steps, keeps=False)

    @property
    def step(self) -> int:
        return self._race.step

    @property
    def has_ended(self) -> bool:
        return self._race.has_ended

    def advance(self) -> None:
        self._race.advance()

    def last_values(self) -> list[list[float]]:
        """As Packs."""
        values = [w.values[-1] if w.status == FINISHED else math.inf for w in self._race.walkers]
        return [part.tolist() for part in torch.tensor(values, dtype=torch.float64).split(self._sizes)]
