"""Networks that are trained epoch by epoch, as one stack or one by one, behind one face."""

import time
from collections.abc import Collection, Sequence
from typing import Protocol

from playground.config import Config
from playground.train.ending import RUNNING
from playground.train.history import History
from playground.train.stacked.trainer import StackedTrainer
from playground.train.trainer import Trainer


class Run(Protocol):
    """One network's training: config, status, message and history; `final` once it has ended."""

    config: Config
    status: str
    message: str
    history: History
    final: dict[str, float]


class Group(Protocol):
    """Several runs.

    Attributes:
        runs: in the order of their Configs.
        epoch: how many all that go on have had.
        fraction: share of the work that is done, in [0, 1].
    """

    runs: Sequence[Run]
    epoch: int
    fraction: float

    def advance(self, deadline: float) -> bool:
        """Train until an epoch of some run ends, and at most until the clock is there; whether one ended."""

    def stop(self, numbers: Collection[int], message: str = "") -> None:
        """End these runs now."""


def group_of(configs: Sequence[Config], *, is_stacked: bool, cut_above: float = 0.0) -> Group:
    """The Configs in training, as a chunk of them was planned."""
    return (Together if is_stacked else OneByOne)(configs, cut_above)


class Together:
    """All of them one stack."""

    def __init__(self, configs: Sequence[Config], cut_above: float):
        self._trainer = StackedTrainer(configs, cut_above)
        self.runs: Sequence[Run] = self._trainer.runs

    @property
    def epoch(self) -> int:
        return self._trainer.epoch

    @property
    def fraction(self) -> float:
        return self.epoch / self.runs[0].config.num_epochs if self._trainer.live else 1.0

    def advance(self, deadline: float) -> bool:
        epoch = self._trainer.epoch
        while self._trainer.live and self._trainer.epoch == epoch:
            self._trainer.advance()
            if time.perf_counter() >= deadline:
                break
        return self._trainer.epoch > epoch

    def stop(self, numbers: Collection[int], message: str = "") -> None:
        self._trainer.stop([self.runs[number] for number in numbers], message)


class OneByOne:
    """Each an ordinary run; the one that is behind the others goes on."""

    def __init__(self, configs: Sequence[Config], cut_above: float):
        self.runs: Sequence[OrdinaryRun] = [OrdinaryRun(config, cut_above) for config in configs]

    @property
    def epoch(self) -> int:
        every = [run.trainer.epoch for run in self.runs]
        return min((run.trainer.epoch for run in self._live()), default=max(every))

    @property
    def fraction(self) -> float:
        shares = [run.trainer.epoch / run.config.num_epochs if run.status == RUNNING else 1.0 for run in self.runs]
        return sum(shares) / len(shares)

    def advance(self, deadline: float) -> bool:
        run = min(self._live(), key=lambda run: run.trainer.epoch, default=None)
        return run is not None and run.advance(deadline)

    def stop(self, numbers: Collection[int], message: str = "") -> None:
        for number in numbers:
            self.runs[number].trainer.stop(message)

    def _live(self) -> "list[OrdinaryRun]":
        return [run for run in self.runs if run.status == RUNNING]


class OrdinaryRun:
    """A Trainer's run."""

    def __init__(self, config: Config, cut_above: float):
        self.trainer = Trainer(config, cut_above)

    @property
    def config(self) -> Config:
        return self.trainer.config

    @property
    def status(self) -> str:
        return self.trainer.status

    @property
    def message(self) -> str:
        return self.trainer.message

    @property
    def history(self) -> History:
        return self.trainer.recorder.history

    @property
    def final(self) -> dict[str, float]:
        with self.trainer.own_randomness(is_kept=False), self.trainer.evaluating() as network:
            return self.trainer.recorder.final(network)

    def advance(self, deadline: float) -> bool:
        """As a Group's."""
        epoch = self.trainer.epoch
        with self.trainer.own_randomness():
            while self.status == RUNNING and self.trainer.epoch == epoch:
                self.trainer.advance()
                if time.perf_counter() >= deadline:
                    break
        return self.trainer.epoch > epoch
