"""LeakJob: what fitting a step on all data seems to gain, over many splits."""

import math
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from playground.catalog import DATASETS, PREPROCESSING
from playground.catalog.preprocessing_lesson import IMAGES, LEAK_DATA, LEAKS, NOISE, NUM_SELECTED, SELECTION
from playground.config import Config
from playground.jobs.job import Snapshot, Turn
from playground.parsing import ConfigError
from playground.spec import DATA, Spec

if TYPE_CHECKING:
    from sklearn.base import TransformerMixin

    from playground.data.leak import Draw

KEPT = 5  # directions of PCA and whitening

LEAK_SPECS = {
    "num_samples": Spec(group=DATA, low=20, high=200, step=10, unit="samples", label="Samples",
                        help="Half of them train, half validate; the fewer, the more a leak shows."),
    "num_inputs": Spec(group=DATA, low=20, high=2000, step=20, label="Inputs",
                       help="Columns of pure noise; the more there are, the more fit the labels by chance."),
    "num_splits": Spec(group=DATA, low=10, high=500, step=10, unit="splits", label="Splits",
                       help="How often everything is drawn anew; 40 show a large leak, 300 a small one."),
    "seed": Spec(group=DATA, low=0, high=999, label="Seed", help="Where the splits are drawn from."),
}  # fmt: skip


@dataclass(frozen=True)
class LeakSnapshot(Snapshot):
    """What was seen so far.

    Args:
        accuracies: (S, 4) for each split: on validation and fresh samples, the step fitted on the training samples
            alone; on validation and fresh samples, the step fitted on both.
    """

    accuracies: np.ndarray | None = None

    @property
    def gains(self) -> np.ndarray:
        """(S,) what the leak adds to the validation accuracy."""
        return self.accuracies[:, 2] - self.accuracies[:, 0]

    @property
    def gain(self) -> tuple[float, float, float]:
        """Mean of the gains, their standard deviation over the splits, and the standard error of the mean."""
        spread = float(self.gains.std(ddof=1)) if len(self.gains) > 1 else 0.0
        return float(self.gains.mean()), spread, spread / math.sqrt(len(self.gains))


@dataclass(frozen=True)
class LeakJob:
    """One step, fitted twice in every split.

    Args:
        step: SELECTION or the name of a row.
        data: NOISE or the name of a data set.
        num_samples, num_inputs, num_splits, seed: as LEAK_SPECS says; num_inputs counts for noise.
        has_outlier: whether one validation sample comes in a wrong unit.

    Raises:
        ConfigError: naming the field that is wrong.
    """

    step: str = SELECTION
    data: str = NOISE
    num_samples: int = 40
    num_inputs: int = 500
    num_splits: int = 40
    seed: int = 0
    has_outlier: bool = False

    def __post_init__(self):
        for name, spec in LEAK_SPECS.items():
            if not spec.low <= getattr(self, name) <= spec.high:
                raise ConfigError({name: f"{spec.rule}, but {getattr(self, name)} came."})
        for name, known in (("step", LEAKS), ("data", LEAK_DATA)):
            if getattr(self, name) not in known:
                raise ConfigError({name: f"must be one of {', '.join(known)}, but {getattr(self, name)} came."})

    @property
    def width(self) -> int:
        """Inputs."""
        return self.num_inputs if self.data == NOISE else DATASETS[self.data].num_inputs

    @property
    def num_selected(self) -> int:
        return min(NUM_SELECTED, self.width // 2)

    @property
    def chance(self) -> float | None:
        """The accuracy that is true; None where nobody knows."""
        return 0.5 if self.data == NOISE else None

    def frames(self) -> Generator[LeakSnapshot | None, Turn, None]:
        turn = yield LeakSnapshot()
        from playground.data.leak import accuracies  # torch, in the worker only

        build, draw, rows = self._build(), self._draw(), []
        while not turn.stop and len(rows) < self.num_splits:
            deadline = time.perf_counter() + turn.seconds
            while len(rows) < self.num_splits and time.perf_counter() < deadline:
                rows.append(accuracies(draw(np.random.default_rng([self.seed, len(rows)])), build))
            if len(rows) < self.num_splits:
                seen = LeakSnapshot(fraction=len(rows) / self.num_splits, accuracies=np.array(rows))
                turn = yield seen if turn.wants_snapshot else None
        seen = np.array(rows) if rows else None
        yield LeakSnapshot("stopped" if turn.stop else "finished", fraction=1.0, accuracies=seen)

    def _build(self) -> "Callable[[], TransformerMixin]":
        from playground.data.leak import Selection
        from playground.data.prepared import build_preprocessor

        if self.step == SELECTION:
            return lambda: Selection(self.num_selected)
        kept = KEPT if PREPROCESSING[self.step].reduces else 0
        config = Config.parse({"dataset": IMAGES, "preprocessing": self.step, "num_components": kept})
        return lambda: build_preprocessor(config)

    def _draw(self) -> "Callable[[np.random.Generator], Draw]":
        from playground.data.leak import noise_draw, real_draw, spoiled
        from playground.data.samples import load_samples

        half = self.num_samples // 2
        if self.data == NOISE:
            draw = lambda rng: noise_draw(half, self.num_inputs, rng)  # noqa: E731
        else:
            samples = load_samples(Config.parse({"dataset": self.data}))
            draw = lambda rng: real_draw(samples.X, samples.y, half, rng)  # noqa: E731
        return (lambda rng: spoiled(draw(rng))) if self.has_outlier else draw
