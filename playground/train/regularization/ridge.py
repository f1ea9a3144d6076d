"""Ridge regression: the closed form, and the gradient descent that trains a linear unit."""

import numpy as np
import torch

from playground.catalog import DATASETS
from playground.config import Config
from playground.data.prepared import Data, prepare
from playground.nn.build import build_network
from playground.nn.losses import build_loss
from playground.registry import resolve
from playground.train.optimizer import build_optimizer


def closed_form(X: np.ndarray, y: np.ndarray, strength: float) -> tuple[np.ndarray, float]:
    """Coefficients (D,) and intercept that make |y - X theta - b|^2 + strength |theta|^2 smallest; b goes free.

    theta = (X'X + strength I)^-1 X'y, on centred X (N, D) and y (N,).

    Source: Hoerl and Kennard, Ridge regression, 1970.
    """
    mean, level = X.mean(axis=0), y.mean()
    centred = X - mean
    theta = np.linalg.solve(centred.T @ centred + strength * np.eye(X.shape[1]), centred.T @ (y - level))
    return theta, float(level - mean @ theta)


class LinearDescent:
    """Gradient descent in float64, with the modules, the loss and the optimizer that every run has."""

    def __init__(self, config: Config):
        self.data: Data = prepare(config)
        self._X, self._y = self.data.train.X.double(), self.data.train.y.double()
        self._network = build_network(config, self.data.num_inputs, 1).double()
        self._linear = self._network.layers[-1].affines[0]
        torch.nn.init.zeros_(self._linear.weight)
        torch.nn.init.zeros_(self._linear.bias)
        self._loss = build_loss(config.loss)
        self._optimizer = build_optimizer(self._network, config)

        self.input_names = tuple(resolve(DATASETS[config.dataset].target)().feature_names)

    @property
    def samples(self) -> tuple[np.ndarray, np.ndarray]:
        """X (N, D) and y (N,) that are trained on."""
        return self._X.numpy(), self._y.numpy()[:, 0]

    def coefficients(self) -> np.ndarray:
        """(D + 1,) the weights, then the bias."""
        return torch.cat([self._linear.weight.detach()[0], self._linear.bias.detach()]).numpy()

    def advance(self) -> None:
        """One step over all samples."""
        self._optimizer.zero_grad()
        self._loss(self._network(self._X), self._y).backward()
        self._optimizer.step()
