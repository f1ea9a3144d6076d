"""Rates: the learning rate of each network at each update."""

from collections.abc import Sequence

import torch
from torch import Tensor

from playground.catalog import SCHEDULES
from playground.config import Config
from playground.train.schedule import Schedule


class Rates:
    """Schedules of K networks; those whose factors are equal are asked once."""

    def __init__(self, configs: Sequence[Config]):
        self._schedules = [Schedule(_at_rate_one(config)) for config in configs]
        self.follow(configs)

    def follow(self, configs: Sequence[Config]) -> None:
        """Go on with other learning rates."""
        self._base = [config.learning_rate for config in configs]
        self._keys = []
        for row, (config, schedule) in enumerate(zip(configs, self._schedules, strict=True)):
            unit = _at_rate_one(config)
            schedule.follow(unit)
            waits = SCHEDULES[config.schedule].factor is None
            self._keys.append(_key(unit, row if waits else -1))

    def keep(self, rows: Sequence[int]) -> None:
        """Go on with these networks only."""
        self._schedules = [self._schedules[row] for row in rows]
        self._base = [self._base[row] for row in rows]
        self._keys = [self._keys[row] for row in rows]

    def of_steps(self, steps: range, total_steps: int) -> Tensor:
        """(S, K) float64 learning rates of these updates, counted from 0; beyond the end, as in the last."""
        capped = [min(step, total_steps - 1) for step in steps]
        factors = {
            key: [schedule.learning_rate(step, total_steps) for step in capped]
            for key, schedule in dict(zip(self._keys, self._schedules, strict=True)).items()
        }
        columns = torch.tensor([factors[key] for key in self._keys], dtype=torch.float64)
        return (columns * torch.tensor(self._base, dtype=torch.float64).unsqueeze(1)).T

    def see_validation_losses(self, losses: Sequence[float]) -> None:
        """Tell the schedules of the first networks, which wait for plateaus, a loss: at the start, after each epoch."""
        for schedule, loss in zip(self._schedules, losses, strict=False):
            schedule.see_validation_loss(loss)


def _at_rate_one(config: Config) -> Config:
    """The Config whose learning rates are the factors of its schedule."""
    uses_floor = "min_lr" in SCHEDULES[config.schedule].uses
    floor = min(config.min_lr / config.learning_rate, 1.0) if uses_floor else 0.0
    return config.model_copy(update={"learning_rate": 1.0, "min_lr": floor})


def _key(unit: Config, own: int) -> tuple[object, ...]:
    """Equal for schedules with equal factors."""
    uses = sorted(SCHEDULES[unit.schedule].uses)
    return unit.schedule, unit.warmup_fraction, own, *(getattr(unit, name) for name in uses)
