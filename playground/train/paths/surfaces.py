"""The functions behind the rows of SURFACES: coordinates (N,) and (N,) to values (N,)."""

import math
from collections.abc import Mapping

import torch
from torch import Tensor

from playground.catalog import SURFACES
from playground.catalog.surfaces import NOISE, SEED
from playground.registry import resolve


class Function:
    """A surface with its parameters: values and gradients of many points at once.

    Args:
        surface: row of SURFACES.
        numbers: the surface's own parameters.
    """

    def __init__(self, surface: str, numbers: Mapping[str, float]):
        self._target = resolve(SURFACES[surface].target)
        self._own = {name: value for name, value in numbers.items() if name not in (NOISE.name, SEED.name)}
        self._noise = numbers.get(NOISE.name, 0.0)
        self._generator = torch.Generator().manual_seed(int(numbers.get(SEED.name, 0)))

    def values(self, x: Tensor, y: Tensor) -> Tensor:
        """Without noise; of the shape of x and y."""
        return self._target(x, y, **self._own)

    def look(self, points: Tensor) -> tuple[Tensor, Tensor]:
        """(N,) values and (N, 2) gradients at (N, 2) points.

        The gradients carry the noise of the next minibatch, the same for all points.
        """
        leaf = points.clone().requires_grad_()
        values = self.values(leaf[:, 0], leaf[:, 1])
        (gradients,) = torch.autograd.grad(values.sum(), leaf)
        if self._noise:
            gradients += self._noise * torch.randn(2, dtype=points.dtype, generator=self._generator)
        return values.detach(), gradients


def quadratic(x: Tensor, y: Tensor, *, kappa: float, angle: float) -> Tensor:
    """(u^2 + kappa v^2) / 2 along axes u, v that are turned counterclockwise by `angle` degrees."""
    if angle:
        cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        x, y = cosine * x + sine * y, cosine * y - sine * x
    return (x**2 + kappa * y**2) / 2


def plane(x: Tensor, y: Tensor, *, slope: float) -> Tensor:
    """Slope times x; y enters with weight 0, so that it has a gradient too."""
    return slope * x + 0 * y


def saddle(x: Tensor, y: Tensor) -> Tensor:
    return x**2 - y**2


def rosenbrock(x: Tensor, y: Tensor) -> Tensor:
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def beale(x: Tensor, y: Tensor) -> Tensor:
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


def himmelblau(x: Tensor, y: Tensor) -> Tensor:
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def rastrigin(x: Tensor, y: Tensor) -> Tensor:
    return 20 + x**2 - 10 * torch.cos(2 * math.pi * x) + y**2 - 10 * torch.cos(2 * math.pi * y)


def plateau(x: Tensor, y: Tensor) -> Tensor:
    return -torch.expm1(-(x**2 + y**2) / 2)


def narrow_valley(x: Tensor, y: Tensor) -> Tensor:
    return x**2 / 20 + 5 * (y - torch.sin(x)) ** 2
