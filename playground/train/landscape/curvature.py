"""The largest eigenvalue of the Hessian, by power iteration on products with it."""

from collections.abc import Callable

import torch
from torch import Tensor

MOST_ITERATIONS = 150
TOLERANCE = 0.02  # |H v - value v| over |value|; the error of the value is about its square


class PowerIteration:
    """Largest (most positive) eigenvalue of one symmetric matrix for each row, all rows at once.

    v <- H v / |H v| tends to the eigenvector whose eigenvalue is largest in size, and v . H v to that eigenvalue. Where
    it turns out negative, the row starts again with H - value I, whose largest eigenvalue in size is the one wanted.

    Args:
        products: directions (K, P) -> H v for each row (K, P).
        directions: (K, P), random, where to start.
    Source: von Mises and Pollaczek-Geiringer, 1929; on networks: Cohen et al., 2021, arXiv:2103.00065.
    """

    def __init__(self, products: Callable[[Tensor], Tensor], directions: Tensor):
        self._products = products
        self._first = _unit(directions)
        self._directions = self._first.clone()
        self._shifts = directions.new_zeros(len(directions))
        self._is_done = torch.zeros(len(directions), dtype=torch.bool, device=directions.device)
        self.values = directions.new_full((len(directions),), torch.nan)
        self.num_iterations = 0

    @property
    def has_ended(self) -> bool:
        return self.num_iterations >= MOST_ITERATIONS or bool(self._is_done.all())

    def advance(self) -> None:
        """One product with the Hessian for every row."""
        turned = self._products(self._directions)
        values = (self._directions * turned).sum(1)
        misses = (turned - values[:, None] * self._directions).norm(dim=1)
        settled = misses <= TOLERANCE * values.abs()
        is_lowest = settled & (values < 0) & (self._shifts == 0)
        self.values = torch.where(self._is_done, self.values, values)
        self._shifts = torch.where(is_lowest, values, self._shifts)
        self._is_done |= (settled & ~is_lowest) | ~torch.isfinite(values)
        following = _unit(turned - self._shifts[:, None] * self._directions)
        self._directions = torch.where(is_lowest[:, None], self._first, following)
        self.num_iterations += 1


def _unit(vectors: Tensor) -> Tensor:
    """Rows of length 1; a row of zeros stays."""
    return vectors / vectors.norm(dim=1, keepdim=True).clamp_min(torch.finfo(vectors.dtype).tiny)
