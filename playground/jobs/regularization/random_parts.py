"""Jobs that draw what DropConnect and stochastic depth leave out."""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np

from playground.config import Config
from playground.jobs.job import Snapshot, Turn
from playground.parsing import ConfigError

NUM_STEPS = 40  # that can be looked at
NUM_OUTPUTS = 2000  # over which moments are measured
MOST_BLOCKS = 110
WIDTH = 2  # of the drawn blocks


@dataclass(frozen=True)
class WeightMasksSnapshot(Snapshot):
    """Args:
    weight: (units, units) as evaluation has it; drawn: (NUM_STEPS, units, units) as training has it.
    outputs: (NUM_OUTPUTS,) of the first unit for one input, in training.
    evaluated, std: of the same unit: its output in evaluation, and the standard deviation by the closed form.
    """

    weight: np.ndarray | None = None
    drawn: np.ndarray | None = None
    outputs: np.ndarray | None = None
    evaluated: float = 0.0
    std: float = 0.0


@dataclass(frozen=True)
class WeightMasksJob:
    """Args:
    units: inputs and outputs of the layer; p: share of weights that is dropped.
    """

    units: int = 24
    p: float = 0.5
    seed: int = 0

    def __post_init__(self):
        if not (1 <= self.units <= 100 and 0 <= self.p <= 0.95):
            raise ConfigError({"dropconnect": f"must be from 0 to 0.95 on 1 to 100 units, but {self.p:g} came."})

    def frames(self) -> Generator[WeightMasksSnapshot | None, Turn, None]:
        from playground.train.regularization.random_parts import WeightMasks  # torch, in the worker only

        yield WeightMasksSnapshot()
        masks = WeightMasks(self.units, self.p, self.seed)
        yield WeightMasksSnapshot(
            "finished",
            fraction=1.0,
            weight=masks.weight,
            drawn=masks.drawn(NUM_STEPS),
            outputs=masks.outputs(NUM_OUTPUTS)[:, 0],
            evaluated=float(masks.evaluated[0]),
            std=float(masks.std[0]),
        )


@dataclass(frozen=True)
class DepthSnapshot(Snapshot):
    """Args:
    survival: (L,) chance of each block to act, as the modules have it.
    acting: (steps, L) whether it acts.
    evaluated: what evaluation multiplies the last branch by.
    """

    survival: np.ndarray | None = None
    acting: np.ndarray | None = None
    evaluated: float = 0.0


@dataclass(frozen=True)
class DepthJob:
    """Args:
    blocks: of the stack; skip: chance to skip the last one.
    """

    blocks: int = 54
    skip: float = 0.5
    seed: int = 0

    def __post_init__(self):
        if not 1 <= self.blocks <= MOST_BLOCKS:
            raise ConfigError({"blocks": f"must be from 1 to {MOST_BLOCKS}, but {self.blocks} came."})

    @property
    def config(self) -> Config:
        """Narrow blocks; a Config has at most 51 hidden layers, the drawing more."""
        fields = {"residual": True, "stochastic_depth": self.skip, "seed": self.seed, "hidden_sizes": (WIDTH, WIDTH)}
        return Config.parse(fields).model_copy(update={"hidden_sizes": (WIDTH,) * (self.blocks + 1)})

    def frames(self) -> Generator[DepthSnapshot | None, Turn, None]:
        from playground.train.regularization.random_parts import acting_blocks, blocks_of, evaluated_share  # torch

        yield DepthSnapshot()
        blocks = blocks_of(self.config)
        yield DepthSnapshot(
            "finished",
            fraction=1.0,
            survival=np.array([1 - block.skip for block in blocks]),
            acting=acting_blocks(blocks, NUM_STEPS, self.seed),
            evaluated=evaluated_share(blocks[-1]),
        )
