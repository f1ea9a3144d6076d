"""Trainers that share a worker's turn: each epoch in turn, so that all come equally far."""

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from playground.jobs.job import Turn
from playground.train.stacked import StackedTrainer
from playground.train.trainer import RUNNING, Trainer

AnyTrainer = TypeVar("AnyTrainer", bound=Trainer | StackedTrainer)


def take_turns(trainers: Sequence[AnyTrainer], turn: Turn) -> float:
    """Compute for one turn, the trainer that has come least far first; returns the seconds it took.

    A turn that asks to stop brings every record up to date and ends the runs. Changes are not looked at.
    """
    if turn.stop:
        for trainer in trainers:
            trainer.flush()
            trainer.stop()
    started = time.perf_counter()
    steps_left = float("inf") if turn.max_steps is None else turn.max_steps
    last_epoch = float("inf") if turn.max_epochs is None else _least_epoch(trainers) + turn.max_epochs
    while steps_left > 0 and time.perf_counter() - started < turn.seconds:
        trainer = min(running(trainers), key=lambda trainer: trainer.epoch, default=None)
        if trainer is None or trainer.epoch >= last_epoch:
            break
        steps_left -= _rest_of_epoch(trainer, steps_left, started + turn.seconds)
    return time.perf_counter() - started


def take_turn(trainer: Trainer, seconds: float, after: Callable[[], None] = lambda: None) -> None:
    """Train one trainer for these seconds, or to its end.

    Args:
        after: called after each update.
    """
    deadline = time.perf_counter() + seconds
    with trainer.own_randomness():
        while trainer.status == RUNNING and time.perf_counter() < deadline:
            trainer.advance()
            after()


def running(trainers: Sequence[AnyTrainer]) -> list[AnyTrainer]:
    """Those whose run has not ended."""
    return [trainer for trainer in trainers if trainer.status == RUNNING]


def _least_epoch(trainers: Sequence[AnyTrainer]) -> int:
    return min((trainer.epoch for trainer in running(trainers)), default=0)


def _rest_of_epoch(trainer: AnyTrainer, max_steps: float, deadline: float) -> int:
    """Updates of one trainer up to the end of its epoch, the deadline or max_steps; returns how many."""
    first_step, epoch = trainer.step, trainer.epoch
    with trainer.own_randomness():
        while trainer.status == RUNNING and trainer.epoch == epoch:
            trainer.advance()
            if trainer.step - first_step >= max_steps or time.perf_counter() >= deadline:
                break
    return trainer.step - first_step
