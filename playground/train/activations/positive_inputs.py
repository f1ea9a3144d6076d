"""One linear neuron learns from inputs that are all positive, or from the same inputs around zero."""

import math
from dataclasses import dataclass, field

import numpy as np
import torch
from torch.nn import functional as F

from playground.seeds import numpy_generator

CENTRE = 0.5  # of inputs drawn evenly from [0, 1]
COUNTED = 20_000  # inputs whose second moments are measured
LOST = 1e6  # times the first distance from the goal: beyond it, the path has left for good


def true_weights(num_inputs: int) -> np.ndarray:
    """(D,) goal of the neuron: 1, -1, 1, -1, ..."""
    return np.where(np.arange(num_inputs) % 2 == 0, 1.0, -1.0)


def second_moments(num_inputs: int, centre: float, seed: int) -> np.ndarray:
    """(D,) eigenvalues of the mean of x x^T over COUNTED inputs, rising: how steep the loss is along each axis."""
    X = numpy_generator(seed, "pictures").random((COUNTED, num_inputs)) - centre
    return np.linalg.eigvalsh(X.T @ X / COUNTED)


def expected_second_moments(num_inputs: int, centre: float) -> np.ndarray:
    """(D,) the same in closed form: 1/12 in every direction, and D (1/2 - centre)^2 more along (1, ..., 1)."""
    moments = np.full(num_inputs, 1 / 12)
    moments[-1] += num_inputs * (0.5 - centre) ** 2
    return moments


@dataclass
class NeuronPath:
    """Descent of one neuron on its squared error, w <- w - learning_rate g, from w = 0.

    Args:
        num_inputs: D.
        centre: taken from every input; 0 leaves them in [0, 1], CENTRE puts them around zero.
        batch_size: inputs whose gradients are averaged in one step.

    Attributes:
        weights: after each step, the start included.
        distances: of these from the goal, as shares of the first.
        signs: (D,) of each step's gradient.
        length: of the path.
        is_lost: whether it has left for good.
    """

    num_inputs: int
    centre: float
    learning_rate: float
    batch_size: int
    seed: int
    weights: list[np.ndarray] = field(init=False)
    distances: list[float] = field(init=False)
    signs: list[np.ndarray] = field(init=False)
    length: float = field(init=False, default=0.0)
    is_lost: bool = field(init=False, default=False)

    def __post_init__(self):
        self._generator = numpy_generator(self.seed, "data")
        self._goal = torch.from_numpy(true_weights(self.num_inputs))
        self._weight = torch.zeros(self.num_inputs, dtype=torch.double, requires_grad=True)
        self._far = math.sqrt(self.num_inputs)  # of the goal from 0
        self.weights, self.distances, self.signs = [np.zeros(self.num_inputs)], [1.0], []

    def advance(self) -> None:
        """One step; nothing once the path has left for good."""
        if self.is_lost:
            return
        X = torch.from_numpy(self._generator.random((self.batch_size, self.num_inputs)) - self.centre)
        loss = F.mse_loss(X @ self._weight, X @ self._goal) / 2
        (gradient,) = torch.autograd.grad(loss, self._weight)
        with torch.no_grad():
            self._weight -= self.learning_rate * gradient
        self.signs.append(gradient.sign().numpy().astype(np.int8))
        self.weights.append(self._weight.detach().numpy().copy())
        self.length += self.learning_rate * gradient.norm().item()
        self.distances.append(np.linalg.norm(self.weights[-1] - true_weights(self.num_inputs)) / self._far)
        self.is_lost = not self.distances[-1] < LOST  # true for what is not a number, too
