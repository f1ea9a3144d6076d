"""Paths: torch's optimizers on a surface of two coordinates, side by side, in float64."""

import math
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from playground.catalog import OPTIMIZERS
from playground.config import Config
from playground.registry import resolve
from playground.train.optimizer import fastest_form, group_settings
from playground.train.paths.surfaces import Function
from playground.train.schedule import Schedule

RUNNING, FINISHED, DIVERGED = "running", "finished", "diverged"
Task = tuple[str, Mapping[str, float], tuple[float, float]]  # row of SURFACES, its own parameters, start


def optimizer_of(point: Tensor, config: Config) -> torch.optim.Optimizer:
    """The chosen class of torch.optim, with the arguments that a training gives it, over one tensor."""
    settings = {**group_settings(config), "weight_decay": config.weight_decay}
    return resolve(OPTIMIZERS[config.optimizer].target)([point], **settings, **fastest_form(config))


def schedule_of(config: Config, num_steps: int) -> Schedule:
    """The chosen schedule with a step for an epoch; there may be more of them than a training may have."""
    return Schedule(config.model_copy(update={"num_epochs": num_steps}))


def take_step(optimizer: torch.optim.Optimizer, schedule: Schedule, step: int, num_steps: int) -> float:
    """Update number `step` of `num_steps`, counted from 0; returns its learning rate."""
    rate = schedule.learning_rate(step, num_steps)
    for group in optimizer.param_groups:
        group["lr"] = rate
    optimizer.step()
    return rate


class Walker:
    """One optimizer on its way.

    Args:
        config: the fields of the optimizer and of the schedule are read; one step counts as one epoch.
        point: (2,), moved in place.
        gradient: (2,), filled from outside before each step.
        num_steps: of the whole way.
        keeps: whether to record what it sees and holds.
    """

    def __init__(self, config: Config, point: Tensor, gradient: Tensor, num_steps: int, *, keeps: bool = True):
        row = OPTIMIZERS[config.optimizer]
        self.config = config
        self.status = RUNNING
        self.points: list[list[float]] = []
        self.values: list[float] = []
        self.gradients: list[list[float]] = []
        self.learning_rates: list[float] = []
        self.memory: dict[str, list[list[float]]] = {symbol: [[0.0, 0.0]] for symbol in row.memory}
        self._point, self._num_steps, self._keeps = point.detach().requires_grad_(), num_steps, keeps
        self._point.grad = gradient
        self._optimizer = optimizer_of(self._point, config)
        self._schedule = schedule_of(config, num_steps)

    def see(self, point: list[float], value: float, gradient: list[float]) -> None:
        """Take note of where it stands; a way that leaves the range of floats ends there."""
        if not self._keeps:
            self.values = [value]
        else:
            self.points.append(point)
            self.values.append(value)
            self.gradients.append(gradient)
        if not all(map(math.isfinite, (*point, value, *gradient))):
            self.status = DIVERGED
        self._schedule.see_validation_loss(value)

    def step(self, step: int) -> None:
        """Update number `step`, counted from 0."""
        rate = take_step(self._optimizer, self._schedule, step, self._num_steps)
        if self._keeps:
            self.learning_rates.append(rate)
            state = self._optimizer.state[self._point]
            for symbol, name in OPTIMIZERS[self.config.optimizer].memory.items():
                self.memory[symbol].append(state[name].tolist())


class Race:
    """Several optimizers from one start; what is measured once for all of them costs as much as for one.

    Args:
        surface, numbers: row of SURFACES and its own parameters.
        configs: one for each optimizer.
        keeps: whether the walkers record their way, or only their last value.
    """

    def __init__(
        self,
        surface: str,
        numbers: Mapping[str, float],
        start: tuple[float, float],
        configs: Sequence[Config],
        num_steps: int,
        *,
        keeps: bool = True,
    ):
        self._function = Function(surface, numbers)
        self._points = torch.tensor([start] * len(configs), dtype=torch.float64)
        self._gradients = torch.zeros_like(self._points)
        self.num_steps, self.step = num_steps, 0
        self.walkers = [
            Walker(config, point, gradient, num_steps, keeps=keeps)
            for config, point, gradient in zip(configs, self._points, self._gradients, strict=True)
        ]
        self._walking = list(enumerate(self.walkers))
        self._look()

    @property
    def has_ended(self) -> bool:
        return not self._walking

    def advance(self) -> None:
        """One step of each walker that is still on its way."""
        for _, walker in self._walking:
            walker.step(self.step)
        self.step += 1
        self._look()

    def _look(self) -> None:
        values, gradients = self._function.look(self._points)
        self._gradients.copy_(gradients)
        seen = self._points.tolist(), values.tolist(), gradients.tolist()
        for number, walker in self._walking:
            walker.see(*(column[number] for column in seen))
            if self.step == self.num_steps and walker.status == RUNNING:
                walker.status = FINISHED
        self._walking = [(number, walker) for number, walker in self._walking if walker.status == RUNNING]
