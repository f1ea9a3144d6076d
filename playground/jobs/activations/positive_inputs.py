"""PositiveInputsJob: why inputs that are all positive make a neuron's path zig-zag."""

import time
from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from playground.jobs.job import Snapshot, Turn
from playground.jobs.training.snapshot import MAX_POINTS
from playground.parsing import ConfigError
from playground.spec import DATA, TRAINING, Spec
from playground.thinning import extremes

if TYPE_CHECKING:
    from playground.train.activations.positive_inputs import NeuronPath

RAW, CENTRED = KINDS = ("all positive", "around zero")
SHOWN_STEPS = 24  # whose gradient signs are drawn
GOAL = 0.05  # of the first distance: there the neuron counts as trained

POSITIVE_INPUT_SPECS = {
    "num_inputs": Spec(
        group=DATA, low=2, high=50, label="Inputs",
        help="Weights of the neuron; the more there are, the steeper is the one direction that positive inputs share.",
    ),
    "learning_rate": Spec(
        group=TRAINING, low=0.01, high=5, label="Learning rate", help="Length of a step; 0.05 to 0.5 is usual here.",
    ),
    "batch_size": Spec(
        group=TRAINING, low=1, high=64, unit="samples", label="Batch size",
        help="Gradients averaged in one step; from 2 on, signs may differ with positive inputs too.",
    ),
    "num_steps": Spec(
        group=TRAINING, low=10, high=2000, unit="updates", label="Steps", help="Updates of the weights.",
    ),
    "seed": Spec(group=DATA, low=0, high=999, label="Seed", help="Where the inputs are drawn from."),
}  # fmt: skip


@dataclass(frozen=True)
class NeuronRun:
    """What one kind of inputs does.

    Args:
        kind: one of KINDS.
        steps: done.
        path: (P, 2) first two weights, at most MAX_POINTS rows.
        at, distances: (P,) steps, and distance of all weights from the goal then, as a share of the first.
        signs: (SHOWN_STEPS, D) signs of the first steps' gradients.
        same_sign: share of steps whose gradient has one sign in all weights; None before the first.
        chance: the same share when every sign is a coin's toss; None for averages over several samples.
        length: of the path, as a multiple of the straight way.
        steps_to_goal: until the distance is below GOAL; None: never.
        condition, expected_condition: largest over smallest second moment of the inputs, measured and in closed form.
        steepest: largest second moment in closed form.
        is_lost: whether the path has left for good.
    """

    kind: str
    steps: int
    path: np.ndarray
    at: np.ndarray
    distances: np.ndarray
    signs: np.ndarray
    same_sign: float | None
    chance: float | None
    length: float
    steps_to_goal: int | None
    condition: float
    expected_condition: float
    steepest: float
    is_lost: bool


@dataclass(frozen=True)
class PositiveInputsSnapshot(Snapshot):
    """Args:
    runs: one for each of KINDS, in that order; empty before the first step.
    """

    runs: tuple[NeuronRun, ...] = ()


@dataclass(frozen=True)
class PositiveInputsJob:
    """The same neuron, goal and draws twice: inputs from [0, 1], and these minus 1/2.

    Args:
        num_inputs, learning_rate, batch_size, num_steps, seed: as POSITIVE_INPUT_SPECS says.

    Raises:
        ConfigError: naming the field that is out of bounds.
    """

    num_inputs: int = 10
    learning_rate: float = 0.3
    batch_size: int = 1
    num_steps: int = 400
    seed: int = 0

    def __post_init__(self):
        for name, spec in POSITIVE_INPUT_SPECS.items():
            if not spec.low <= getattr(self, name) <= spec.high:
                raise ConfigError({name: f"{spec.rule}, but {getattr(self, name)} came."})

    def frames(self) -> Generator[PositiveInputsSnapshot | None, Turn, None]:
        turn = yield PositiveInputsSnapshot()
        from playground.train.activations.positive_inputs import CENTRE, NeuronPath  # torch, in the worker only

        chosen = (self.learning_rate, self.batch_size, self.seed)
        paths = [NeuronPath(self.num_inputs, centre, *chosen) for centre in (0.0, CENTRE)]
        moments, done, status = [self._moments(path) for path in paths], 0, "running"
        while status == "running":
            deadline = time.perf_counter() + turn.seconds
            while done < self.num_steps and not turn.stop and time.perf_counter() < deadline:
                for path in paths:
                    path.advance()
                done += 1
            status = "finished" if done == self.num_steps else "stopped" if turn.stop else "running"
            if turn.wants_snapshot or status != "running":
                runs = tuple(_run(*one) for one in zip(KINDS, paths, moments, strict=True))
                turn = yield PositiveInputsSnapshot(status, fraction=done / self.num_steps, runs=runs)
            else:
                turn = yield None

    def _moments(self, path: "NeuronPath") -> tuple[float, float, float]:
        """Condition number of the inputs, measured and expected, and the largest expected second moment."""
        from playground.train.activations.positive_inputs import expected_second_moments, second_moments

        measured = second_moments(self.num_inputs, path.centre, self.seed)
        expected = expected_second_moments(self.num_inputs, path.centre)
        return measured[-1] / measured[0], expected[-1] / expected[0], expected[-1]


def _run(kind: str, path: "NeuronPath", moments: tuple[float, float, float]) -> NeuronRun:
    steps = len(path.signs)
    signs, distances, weights = np.array(path.signs), np.array(path.distances), np.array(path.weights)
    kept = extremes(np.stack([*weights[:, :2].T, distances]), MAX_POINTS)
    near = np.flatnonzero(distances < GOAL)
    return NeuronRun(
        kind=kind,
        steps=steps,
        path=weights[kept, :2],
        at=kept,
        distances=distances[kept],
        signs=signs[:SHOWN_STEPS],
        same_sign=float(same_signs(signs).mean()) if steps else None,
        chance=2.0 ** (1 - path.num_inputs) if path.batch_size == 1 else None,
        length=path.length / path.num_inputs**0.5,
        steps_to_goal=int(near[0]) if len(near) else None,
        condition=float(moments[0]),
        expected_condition=float(moments[1]),
        steepest=float(moments[2]),
        is_lost=path.is_lost,
    )


def same_signs(signs: np.ndarray) -> np.ndarray:
    """(S,) whether all of a row (S, D) of signs are 1, or all are -1."""
    return (signs == 1).all(axis=1) | (signs == -1).all(axis=1)
