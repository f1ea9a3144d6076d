"""Gradient descent on linear least squares, step by step and by its closed form."""

import math

import numpy as np

MOST_STEPS = 10**15  # beyond, no one waits
NOTHING = 1e-12  # of the loss: what rounding leaves


class LeastSquares:
    """One linear neuron with a bias and the loss 1/(2N) |A w - y|^2, where A is X with a column of ones.

    In the directions of the second moments A^T A / N the errors of gradient descent shrink independently:
    e_i(t) = (1 - learning_rate * curvature_i)^t e_i(0). The start is w = 0.

    Args:
        X: (N, D) inputs.
        y: (N,) targets.
    """

    def __init__(self, X: np.ndarray, y: np.ndarray):
        self.A = np.column_stack([X, np.ones(len(X))])
        self.y = y
        U, sizes, directions = np.linalg.svd(self.A / math.sqrt(len(X)), full_matrices=False)
        kept = sizes > sizes[0] * max(self.A.shape) * np.finfo(float).eps  # else there is nothing to learn from
        reached = U.T[kept] @ y / math.sqrt(len(X))
        self.curvatures = sizes[kept] ** 2  # steepest first
        self.directions = directions[kept]
        self.start = -reached / sizes[kept]
        self._parts = reached**2 / 2  # of the loss above the smallest one
        self.unexplained = 1 - float(reached @ reached / np.mean(y**2))

    @property
    def condition(self) -> float:
        return float(self.curvatures[0] / self.curvatures[-1])

    def learning_rate(self, share: float) -> float:
        """That share of the largest stable one, 2 / (steepest curvature)."""
        return share * 2 / float(self.curvatures[0])

    def losses(self, learning_rate: float, steps: np.ndarray) -> np.ndarray:
        """Loss above the smallest one after so many steps, as a share of the first; by the closed form."""
        factors = np.abs(1 - learning_rate * self.curvatures)
        return factors[None] ** (2.0 * np.asarray(steps)[:, None]) @ self._parts / self._parts.sum()

    def steps_until(self, goal: float, learning_rate: float) -> int | None:
        """First step after which the loss above the smallest one is at most that share of the first; None: never."""
        low, high = 0, 1
        while self.losses(learning_rate, np.array([high]))[0] > goal:
            low, high = high, 2 * high
            if high > MOST_STEPS:
                return None
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.losses(learning_rate, np.array([middle]))[0] > goal else (low, middle)
        return high

    def descend(self, learning_rate: float, steps: int) -> np.ndarray:
        """(steps + 1, 2) error in the steepest and in the flattest direction, as shares of the first; step by step.

        Directions in which there is nothing to learn are passed over.
        """
        H, slope = self.A.T @ self.A / len(self.y), self.A.T @ self.y / len(self.y)
        w = np.zeros(self.A.shape[1])
        ends = np.flatnonzero(self._parts > NOTHING * self._parts.sum())[[0, -1]]
        shown = self.directions[ends]
        goal = self.directions.T @ -self.start
        found = [shown @ (w - goal)]
        for _ in range(steps):
            w = w - learning_rate * (H @ w - slope)
            found.append(shown @ (w - goal))
        return np.array(found) / self.start[ends]


def predicted_rate(condition: float, share: float) -> float:
    """What the slower of the steepest and the flattest direction keeps of its error in one step.

    Args:
        share: learning rate as a share of the largest stable one.
    """
    return max(abs(1 - 2 * share), abs(1 - 2 * share / condition))


def predicted_steps(condition: float, share: float, goal: float) -> int | None:
    """Steps that suffice for any start, by the condition number alone; None: not to be told."""
    rate = predicted_rate(condition, share)
    if rate <= 0:
        return 1
    needed = math.log(goal) / (2 * math.log(rate)) if rate < 1 else math.inf
    return math.ceil(needed) if needed < MOST_STEPS else None
