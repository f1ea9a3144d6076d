"""PathsJob: several optimizers on one surface, from one start."""

import time
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from playground.config import Config
from playground.jobs.job import Snapshot, Turn
from playground.jobs.path_settings import BEST, PathSettings

GRID_SIZE = 129  # points on each side of the picture


@dataclass(frozen=True)
class Path:
    """One optimizer's way; T steps, fewer than asked for where it left the range of floats.

    Args:
        config: the fields of the optimizer and of the schedule; its learning_rate is the one before the schedule.
        status: "finished" or "diverged".
        points: (T + 1, 2), the start included.
        values: (T + 1,), without noise.
        gradients: (T + 1, 2), with noise.
        learning_rates: (T,), of each step.
        memory: symbol -> (T + 1, 2), what the optimizer held after each step; see the rows of OPTIMIZERS.
    """

    config: Config
    status: str
    points: np.ndarray
    values: np.ndarray
    gradients: np.ndarray
    learning_rates: np.ndarray
    memory: Mapping[str, np.ndarray] = field(default_factory=dict)


@dataclass(frozen=True)
class PathsSnapshot(Snapshot):
    """All paths, once they are there.

    Args:
        settings: that were asked for.
        paths: empty while computing.
        window: lowest and highest x, lowest and highest y of `grid`.
        grid: (R, R) values, row 0 at the lowest y; empty while computing.
    """

    settings: PathSettings | None = None
    paths: tuple[Path, ...] = ()
    window: tuple[float, float, float, float] = (-1.0, 1.0, -1.0, 1.0)
    grid: np.ndarray = field(default_factory=lambda: np.zeros((0, 0)))


@dataclass(frozen=True)
class PathsJob:
    """Walks; with rates="best" after a sweep over the learning rates."""

    settings: PathSettings

    def frames(self) -> Generator[PathsSnapshot | None, Turn, None]:
        turn = yield PathsSnapshot(settings=self.settings)
        work, started, done = self._work(), time.perf_counter(), 0.0
        while True:
            deadline, steps_left = time.perf_counter() + turn.seconds, turn.max_steps
            while steps_left != 0 and not turn.stop and time.perf_counter() < deadline:
                result = next(work)
                if isinstance(result, PathsSnapshot):
                    yield result
                    return
                done = result
                steps_left = None if steps_left is None else steps_left - 1
            if turn.stop:
                yield PathsSnapshot(status="stopped", fraction=done, settings=self.settings)
                return
            spent = time.perf_counter() - started
            left = spent * (1 / done - 1) if done else None
            running = PathsSnapshot(fraction=done, seconds_left=left, settings=self.settings)
            turn = yield running if turn.wants_snapshot else None

    def _work(self) -> Iterator[float | PathsSnapshot]:
        """Shares of the work done, then the last snapshot."""
        from playground.train.path import Race  # torch, in the worker only
        from playground.train.sweep import Sweep

        settings = self.settings
        configs = [settings.config_of(name) for name in settings.optimizers]
        if settings.rates == BEST:
            sweep = Sweep(settings.surface, dict(settings.numbers), settings.start, configs, settings.steps)
            while not sweep.has_ended:
                sweep.advance()
                yield 0.95 * sweep.fraction
            configs = [config.replace(learning_rate=rate) for config, rate in zip(configs, sweep.best(), strict=True)]
        race = Race(settings.surface, dict(settings.numbers), settings.start, configs, settings.steps)
        while not race.has_ended:
            race.advance()
            yield race.step / race.num_steps if settings.rates != BEST else 0.95
        yield self._result(race.walkers)

    def _result(self, walkers: list) -> PathsSnapshot:
        window = self.settings.window()
        diverged = [walker for walker in walkers if walker.status != "finished"]
        return PathsSnapshot(
            status="diverged" if diverged and len(diverged) == len(walkers) else "finished",
            message="",
            fraction=1.0,
            seconds_left=0.0,
            settings=self.settings,
            paths=tuple(map(_path, walkers)),
            window=window,
            grid=self._grid(window),
        )

    def _grid(self, window: tuple[float, float, float, float]) -> np.ndarray:
        import torch

        from playground.train.surfaces import Function

        x = torch.linspace(*window[:2], GRID_SIZE, dtype=torch.float64)
        y = torch.linspace(*window[2:], GRID_SIZE, dtype=torch.float64)
        rows, columns = torch.meshgrid(y, x, indexing="ij")
        return Function(self.settings.surface, dict(self.settings.numbers)).values(columns, rows).numpy()


def _path(walker) -> Path:
    return Path(
        config=walker.config,
        status=walker.status,
        points=np.array(walker.points),
        values=np.array(walker.values),
        gradients=np.array(walker.gradients),
        learning_rates=np.array(walker.learning_rates),
        memory={symbol: np.array(held) for symbol, held in walker.memory.items()},
    )
