"""What a page can show of inputs before and after preprocessing."""

from dataclasses import dataclass

import numpy as np

from playground.jobs.job import Snapshot


@dataclass(frozen=True)
class Descent:
    """Gradient descent for one linear neuron.

    Args:
        condition: of the second moments of the inputs and the bias.
        learning_rate: of every step.
        path: (P, 2) error in the steepest and in the flattest direction after each of the first steps, as shares of
            the error at the start.
        at, losses, bounds: (T,) steps; loss above the smallest one, as a share of the first; the most that the
            condition number allows.
        steps, predicted: until that share is GOAL, and what the condition number promises; None: never.
        unexplained: share of the targets' square that the best neuron leaves.
    """

    condition: float
    learning_rate: float
    path: np.ndarray
    at: np.ndarray
    losses: np.ndarray
    bounds: np.ndarray
    steps: int | None
    predicted: int | None
    unexplained: float


@dataclass(frozen=True)
class Side:
    """The samples before, or after.

    Args:
        axes: names of the two inputs that are shown.
        points: (N, 2) samples, thinned.
        middle: (2,) their mean.
        covariance: (2, 2) of the two inputs, divisor N.
        ellipse: (E, 2) two standard deviations around the mean.
        variances: (D,) eigenvalues of the covariance of all inputs, largest first.
        num_empty: of them that are nothing but rounding.
        condition: largest over smallest of the others.
        descent: on these inputs.
    """

    axes: tuple[str, str]
    points: np.ndarray
    middle: np.ndarray
    covariance: np.ndarray
    ellipse: np.ndarray
    variances: np.ndarray
    num_empty: int
    condition: float
    descent: Descent


@dataclass(frozen=True)
class BeforeAfterSnapshot(Snapshot):
    """Both sides.

    Args:
        sides: before and after; empty at first.
        gains: by how much a small error along the longest and along the shortest direction that holds something is
            multiplied.
        widths: (2,) standard deviations of the samples along these two, before.
    """

    sides: tuple[Side, ...] = ()
    gains: tuple[float, float] = (1.0, 1.0)
    widths: tuple[float, float] = (1.0, 1.0)
