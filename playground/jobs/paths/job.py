"""PathsJob: several optimizers on one surface, from one start."""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np

from playground.catalog import SURFACES
from playground.catalog.surfaces import NOISE
from playground.config import Config
from playground.jobs.job import Snapshot, Turn
from playground.jobs.paths.settings import PathSettings
from playground.jobs.steps import frames_of_steps
from playground.train.paths.claims import Claim, claims_of, optimum_claim, optimum_of
from playground.train.paths.expected import Expected, expected_lines, rate_curves

if TYPE_CHECKING:
    from playground.jobs.paths.run import PathsRun  # torch

GRID_SIZE = 129  # points on each side of the picture
OPTIMUM_STEPS = 120  # of the runs that check the fastest settings


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
        claims: what theory says, beside what was measured.
        expected: lines of theory beside the measured ones.
        rate_curves: optimizer -> (learning rates, distance left after each step at each).
    """

    settings: PathSettings | None = None
    paths: tuple[Path, ...] = ()
    window: tuple[float, float, float, float] = (-1.0, 1.0, -1.0, 1.0)
    grid: np.ndarray = field(default_factory=lambda: np.zeros((0, 0)))
    claims: tuple[Claim, ...] = ()
    expected: Expected = field(default_factory=Expected)
    rate_curves: Mapping[str, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)


@dataclass(frozen=True)
class PathsJob:
    """Walks; with rates="best" after a sweep over the learning rates."""

    settings: PathSettings

    def frames(self) -> Generator[PathsSnapshot | None, Turn, None]:
        from playground.jobs.paths.run import PathsRun  # torch, in the worker only

        turn = yield PathsSnapshot(settings=self.settings)
        run = PathsRun(self.settings)
        yield from frames_of_steps(run, turn, partial(self._snapshot, run))

    def _snapshot(self, run: "PathsRun", status: str) -> PathsSnapshot:
        if status == "finished":
            return self._result(run.walkers)
        return PathsSnapshot(status=status, fraction=run.fraction, settings=self.settings)

    def _result(self, walkers: list) -> PathsSnapshot:
        surface, numbers = self.settings.surface, dict(self.settings.numbers)
        window, paths = self.settings.window(), tuple(map(_path, walkers))
        claims = [claim for path in paths for claim in claims_of(surface, numbers, path)]
        return PathsSnapshot(
            status="diverged" if paths and all(path.status == "diverged" for path in paths) else "finished",
            fraction=1.0,
            settings=self.settings,
            paths=paths,
            window=window,
            grid=self._grid(window),
            claims=(*claims, *_optimum_claims(surface, self.settings.numbers, self.settings.optimizers)),
            expected=expected_lines(surface, numbers, paths),
            rate_curves=rate_curves(surface, numbers, [path.config for path in paths]),
        )

    def _grid(self, window: tuple[float, float, float, float]) -> np.ndarray:
        import torch

        from playground.train.paths.surfaces import Function

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


@lru_cache(maxsize=64)
def _optimum_claims(
    surface: str, numbers: tuple[tuple[str, float], ...], optimizers: tuple[str, ...]
) -> tuple[Claim, ...]:
    """The fastest settings of each optimizer that has them here, each tried out."""
    from playground.train.paths.race import Race

    row = SURFACES[surface]
    if not row.curvatures or dict(numbers).get(NOISE.name):
        return ()
    configs = [Config.parse({"optimizer": name}) for name in optimizers]
    found = [best for config in configs if (best := optimum_of(config, row.curvatures(dict(numbers))))]
    if not found:
        return ()
    race = Race(surface, dict(numbers), row.start, [config for config, _ in found], OPTIMUM_STEPS)
    while not race.has_ended:
        race.advance()
    ways = zip(map(_path, race.walkers), found, strict=True)
    return tuple(optimum_claim(way, rate) for way, (_, rate) in ways)
