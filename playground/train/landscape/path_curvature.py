"""PathCurvature: how sharply the loss bends at some points of one path."""

from collections.abc import Iterator

import numpy as np
import torch

from playground.catalog import OPTIMIZERS
from playground.thinning import evenly
from playground.train.landscape.curvature import PowerIteration
from playground.train.landscape.descent import Descent
from playground.train.landscape.flat import FlatLoss

HESSIAN_COST = 5  # a product with the Hessian takes about as long as this many losses, and as much more memory
DIRECTIONS_SEED = 0  # of the random directions that the power iteration starts from


class PathCurvature:
    """Largest Hessian eigenvalue at evenly spaced points of a path, and the limit that its optimizer bears.

    On a quadratic, gradient descent with full batches diverges where the curvature exceeds 2 / learning rate; with
    momentum b, (2 + 2 b) / learning rate. Training often climbs to this limit and stays there.

    Source: Cohen et al., Gradient descent on neural networks typically occurs at the edge of stability, 2021,
    arXiv:2103.00065.
    """

    def __init__(self, descent: Descent, loss: FlatLoss, *, max_points: int):
        rows = [row for row in evenly(len(descent.steps), max_points) if np.isfinite(descent.losses[row])]
        config = descent.trainer.config
        row = OPTIMIZERS[config.optimizer]
        limit = row.linear.limit(row.momentum_of(config)) if row.linear else np.nan
        self.steps = np.array([descent.steps[row] for row in rows])
        self.limits = limit / np.array([descent.learning_rates[row] for row in rows])
        self.values = np.full(len(rows), np.nan)
        self._vectors, self._loss = descent.vectors[rows], loss
        self._work = self._fill()
        self.share = 0.0

    def advance(self) -> None:
        """One product with the Hessian for some of the points.

        Raises:
            RuntimeError: when torch has no second derivative of the loss.
        """
        if next(self._work, self) is self:
            self.share = 1.0

    def _fill(self) -> Iterator[None]:
        at_once = max(self._loss.at_once // HESSIAN_COST, 1)
        generator = torch.Generator().manual_seed(DIRECTIONS_SEED)
        for start in range(0, len(self.values), at_once):
            vectors = self._vectors[start : start + at_once]
            directions = torch.randn(vectors.shape, generator=generator).to(vectors)
            power = PowerIteration(lambda turned, at=vectors: self._loss.hessian_products(at, turned), directions)
            while not power.has_ended:
                power.advance()
                yield
            self.values[start : start + at_once] = power.values.cpu().numpy()
            self.share = (start + len(vectors)) / len(self.values)
