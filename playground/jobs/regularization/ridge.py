"""RidgeJob: ridge regression by its closed form and by gradient descent."""

import time
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.catalog import DATASETS
from playground.catalog.losses import REGRESSION
from playground.config import Config
from playground.jobs.job import Snapshot, Turn
from playground.parsing import ConfigError
from playground.rules import num_training_samples

PATH = tuple(10 ** (power / 8) for power in range(-16, 41))  # strengths 0.01 to 100,000
STRONGEST = 10_000.0
MOST_STEPS = 20_000


@dataclass(frozen=True)
class RidgeSnapshot(Snapshot):
    """One regression.

    Args:
        inputs: names of the D inputs.
        path: (len(PATH), D) coefficients of the closed form.
        exact, found: (D + 1,) coefficients and intercept, by the closed form and after the last step.
        differences: largest difference of a coefficient after each step, the start first.
        mistake: largest difference that half the strength makes, where torch's factor 1/2 is forgotten.
        weight_decay: that makes the two equal.
        plain_norm: norm of the coefficients without a penalty.
        num_train: samples.
    """

    inputs: tuple[str, ...] = ()
    path: np.ndarray | None = None
    exact: np.ndarray | None = None
    found: np.ndarray | None = None
    differences: tuple[float, ...] = ()
    mistake: float = 0.0
    weight_decay: float = 0.0
    plain_norm: float = 0.0
    num_train: int = 0


@dataclass(frozen=True)
class RidgeJob:
    """Args:
    config: a regression by one linear unit; its weight decay and batch size are replaced.
    strength: of the penalty on the sum of squares, 0 or more.
    num_steps: of gradient descent.

    Raises:
        ConfigError: naming what is wrong.
    """

    config: Config
    strength: float
    num_steps: int

    def __post_init__(self):
        if DATASETS[self.config.dataset].task != REGRESSION or self.config.hidden_sizes:
            raise ConfigError({"dataset": f"needs regression without hidden layers, but {self.config.dataset} came."})
        if not 0 <= self.strength <= STRONGEST:
            raise ConfigError({"strength": f"must be from 0 to {STRONGEST:g}, but {self.strength:g} came."})
        if not 1 <= self.num_steps <= MOST_STEPS:
            raise ConfigError({"num_steps": f"must be from 1 to {MOST_STEPS}, but {self.num_steps} came."})

    @property
    def trained(self) -> Config:
        """The Config that trains this: all samples in a batch.

        A Config's loss is a mean over N, and torch adds decay * w to the gradient, not 2 * strength * w.
        """
        number = num_training_samples(self.config)
        return self.config.replace(weight_decay=2 * self.strength / number, batch_size=number)

    def frames(self) -> Generator[RidgeSnapshot | None, Turn, None]:
        from playground.train.regularization.ridge import LinearDescent  # torch, in the worker only

        turn = yield RidgeSnapshot()
        descent = LinearDescent(self.trained)
        fixed = _closed_forms(*descent.samples, self.strength)
        fixed |= {"inputs": descent.input_names, "weight_decay": self.trained.weight_decay}
        differences: list[float] = []
        while not turn.stop and len(differences) <= self.num_steps:
            deadline = time.perf_counter() + turn.seconds
            while len(differences) <= self.num_steps and time.perf_counter() < deadline:
                if differences:
                    descent.advance()
                differences.append(_largest(descent.coefficients() - fixed["exact"]))
            if len(differences) <= self.num_steps:
                fraction = len(differences) / (self.num_steps + 1)
                turn = yield RidgeSnapshot(fraction=fraction) if turn.wants_snapshot else None
        seen = {"found": descent.coefficients().copy(), "differences": tuple(differences), **fixed}
        yield RidgeSnapshot("stopped" if turn.stop else "finished", fraction=1.0, **seen)


def _largest(values: np.ndarray) -> float:
    return float(np.abs(values).max())


def _closed_forms(X: np.ndarray, y: np.ndarray, strength: float) -> dict[str, Any]:
    """Fields of a snapshot that need no descent."""
    from playground.train.regularization.ridge import closed_form

    exact, halved = (np.append(*closed_form(X, y, some)) for some in (strength, strength / 2))
    return {
        "path": np.array([closed_form(X, y, some)[0] for some in PATH]),
        "exact": exact,
        "mistake": _largest(halved - exact),
        "plain_norm": float(np.linalg.norm(closed_form(X, y, 0.0)[0])),
        "num_train": len(X),
    }
