"""Surface: the loss on a grid over a plane, coarse first and then finer."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from playground.train.landscape.flat import FlatLoss
from playground.train.landscape.plane import Plane

COARSEST = 8  # every eighth line of the grid, where that divides it


@dataclass(frozen=True)
class Window:
    """The square of a plane that is shown.

    Args:
        left, bottom: its lower left corner, in units of the plane's directions.
        side: its width and height.
    """

    left: float
    bottom: float
    side: float

    @classmethod
    def around(cls, points: np.ndarray, *, margin: float) -> "Window":
        """The smallest square around points (K, 2), with a margin on each side as a share of their extent."""
        low, high = points.min(0), points.max(0)
        side = float((high - low).max()) * (1 + 2 * margin) or 1.0
        left, bottom = ((low + high) / 2 - side / 2).tolist()
        return cls(left, bottom, side)

    def grid(self, resolution: int) -> Tensor:
        """(resolution, resolution, 2) float64 points, row 0 at the bottom."""
        axis = torch.linspace(0, 1, resolution, dtype=torch.float64) * self.side
        y, x = torch.meshgrid(self.bottom + axis, self.left + axis, indexing="ij")
        return torch.stack([x, y], dim=-1)


def grid_strides(resolution: int) -> list[int]:
    """Steps of ever finer grids that all reach from edge to edge, down to 1: 8, 4, 2, 1 for 41."""
    return [stride for stride in (COARSEST, 4, 2, 1) if (resolution - 1) % stride == 0]


class Surface:
    """Losses over a window of a plane; `advance` computes a few points."""

    def __init__(self, loss: FlatLoss, plane: Plane, window: Window, resolution: int):
        self._loss, self._plane = loss, plane
        self._points = window.grid(resolution).reshape(-1, 2)
        self._values = np.full((resolution, resolution), np.nan, dtype=np.float32)
        self._strides = grid_strides(resolution)
        self._finished_strides: list[int] = []
        self.num_done = 0
        self._work = self._fill()

    @property
    def num_points(self) -> int:
        return self._values.size

    @property
    def has_ended(self) -> bool:
        return self.num_done == self.num_points

    def advance(self) -> None:
        """One batch of points."""
        next(self._work, None)

    def finest(self) -> np.ndarray | None:
        """(R, R) losses of the finest grid that is complete, row 0 at the bottom; None before the first."""
        if not self._finished_strides:
            return None
        stride = self._finished_strides[-1]
        return self._values[::stride, ::stride].copy()

    def _fill(self) -> Iterator[None]:
        is_new = np.ones(self._values.shape, dtype=bool)
        for stride in self._strides:
            level = np.zeros_like(is_new)
            level[::stride, ::stride] = True
            places = np.flatnonzero(level & is_new)
            is_new &= ~level
            for start in range(0, len(places), self._loss.at_once):
                chunk = places[start : start + self._loss.at_once]
                losses = self._loss.many(self._plane.at(self._points[chunk]))
                self._values.ravel()[chunk] = losses.cpu().numpy()
                self.num_done += len(chunk)
                if start + self._loss.at_once >= len(places):
                    self._finished_strides.append(stride)
                yield
