"""SurfaceSearchJob: grid against random on a made surface, many times."""

import math
import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.catalog import RESPONSE_SURFACES
from playground.fields import LARGEST_SEED, SPECS
from playground.jobs.job import Turn
from playground.jobs.repeated_search.snapshot import RepeatedSnapshot, ShownRepeat
from playground.parsing import ConfigError, checked_value
from playground.spec import TRAINING, Spec
from playground.train.repeated_search.predicted import Predicted, predicted
from playground.train.repeated_search.response import Searches, search_surface, target_box
from playground.train.repeated_search.verdict import verdict
from playground.train.search.points import even_levels

PORTION = 50  # repeats between two looks at the clock

SURFACE_SPECS = {
    "surface": Spec(
        group=TRAINING, table=RESPONSE_SURFACES, label="Surface",
        help="Which made score is searched; its best point is known, so that nothing is left to chance but the search.",
    ),
    "dimensions": Spec(
        group=TRAINING, low=1, high=4, is_whole=True, label="Hyperparameters",
        help="Axes of the space, 1 to 4. The more, the fewer values of each one a grid can try.",
    ),
    "trials": Spec(
        group=TRAINING, low=4, high=100, is_whole=True, label="Trials",
        help="For each method; both get as many as the largest even grid within it. 9 and 25 fill a square.",
    ),
    "weight": Spec(
        group=TRAINING, low=0, high=1, step=0.05, label="Weight of the other axes",
        help="How much they matter beside the first: 0 is not at all, 1 is as much.",
    ),
    "share": Spec(
        group=TRAINING, low=0.001, high=0.5, step=0.01, label="Share of the target",
        help="Part of the space that is good; 0.01 to 0.1 is usual.",
    ),
    "repeats": Spec(
        group=TRAINING, low=20, high=5000, is_whole=True, label="Repeats",
        help="How often the whole comparison is made, each time with other random trials; 20 to 200 is usual.",
    ),
    "moves": Spec(
        group=TRAINING, label="New optimum",
        help="Each repeat has its best point elsewhere. Off, it stays where the seed puts it, and the grid finds the "
        "same score every time.",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class SurfaceSearchJob:
    """Searches one made surface again and again.

    Args:
        others as SURFACE_SPECS says; weight counts only where the surface leaves it open, None is what it starts with.
        seed: of the first repeat; each repeat takes the next one.

    Raises:
        ConfigError: naming the field that is wrong.
    """

    surface: str = next(iter(RESPONSE_SURFACES))
    dimensions: int = 2
    trials: int = 9
    weight: float | None = None
    share: float = 0.05
    repeats: int = 100
    moves: bool = True
    seed: int = 0

    def __post_init__(self):
        for name, spec in {**SURFACE_SPECS, "seed": SPECS["seed"]}.items():
            if name != "weight" or self.weight is not None:
                object.__setattr__(
                    self, name, checked_value(name, spec, getattr(type(self), name), getattr(self, name))
                )
        row = RESPONSE_SURFACES[self.surface]
        # What the surface does not read is as on every other job, so that equal searches are equal jobs.
        if row.weight is not None or self.weight is None:
            object.__setattr__(self, "weight", row.first_weight if row.weight is None else row.weight)
        if not row.is_target:
            object.__setattr__(self, "share", SurfaceSearchJob.share)
        if self.seed + self.repeats - 1 > LARGEST_SEED:
            raise ConfigError({"seed": f"the last of {self.repeats} repeats must have one of at most {LARGEST_SEED}."})

    @classmethod
    def parse(cls, values: Mapping[str, Any]) -> "SurfaceSearchJob":
        """From values by name, text allowed.

        Raises:
            ConfigError: as the class.
        """
        return cls(**values)

    @property
    def levels(self) -> tuple[int, ...]:
        """How many values of each axis the grid tries."""
        return even_levels([math.inf] * self.dimensions, self.trials)

    @property
    def predicted(self) -> Predicted | None:
        """What theory says; None where no closed form holds, or when the optimum stays in one place."""
        if not self.moves:
            return None
        return predicted(RESPONSE_SURFACES[self.surface], self.levels, weight=self.weight, share=self.share)

    def frames(self) -> Generator[RepeatedSnapshot | None, Turn, None]:
        best = np.empty((2, 0))
        turn = yield self._snapshot(best, None, "running")
        status, searches = "running", None
        while status == "running":
            deadline = time.perf_counter() + turn.seconds
            while best.shape[1] < self.repeats and not turn.stop:
                searches = self._search(best.shape[1])
                found = [searches.grid_scores.max(axis=1), searches.random_scores.max(axis=1)]
                best = np.concatenate([best, found], axis=1)
                if time.perf_counter() >= deadline:
                    break
            status = "finished" if best.shape[1] == self.repeats else "stopped" if turn.stop else "running"
            wanted = turn.wants_snapshot or status != "running"
            turn = yield self._snapshot(best, searches, status) if wanted else None

    def _search(self, first: int) -> Searches:
        seeds = range(self.seed + first, self.seed + min(first + PORTION, self.repeats))
        return search_surface(
            RESPONSE_SURFACES[self.surface],
            self.levels,
            seeds,
            weight=self.weight,
            share=self.share,
            optimum_seed=None if self.moves else self.seed,
        )

    def _snapshot(self, best: np.ndarray, searches: Searches | None, status: str) -> RepeatedSnapshot:
        return RepeatedSnapshot(
            status=status,
            fraction=best.shape[1] / self.repeats,
            grid=best[0],
            random=best[1],
            verdict=verdict(*best),
            shown=self._shown(searches) if searches is not None else None,
        )

    def _shown(self, searches: Searches) -> ShownRepeat:
        """The last repeat."""
        optimum = searches.optima[-1:]
        is_target = RESPONSE_SURFACES[self.surface].is_target
        low, high = target_box(optimum, self.weight, self.share) if is_target else (optimum, optimum)
        return ShownRepeat(
            searches.grid,
            searches.random[-1],
            searches.grid_scores[-1],
            searches.random_scores[-1],
            optimum=(float(low[0, 0]), float(high[0, 0])),
        )
