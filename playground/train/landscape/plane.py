"""The plane through weight space on which paths are shown."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from playground.nn.network import Network
from playground.train.optimizer import decayed_weights

TINY_SHARE = 1e-12  # of the first axis' variance, below which a second axis is rounding noise


@dataclass(frozen=True)
class Plane:
    """The points centre + a directions[0] + b directions[1].

    Args:
        centre: (P,).
        directions: (2, P).
    """

    centre: Tensor
    directions: Tensor

    def at(self, points: Tensor) -> Tensor:
        """Weight vectors (K, P) of the points (K, 2)."""
        return self.centre + points.to(self.centre) @ self.directions

    def project(self, vectors: Tensor) -> Tensor:
        """(K, 2) float64: the point of the plane nearest to each vector (K, P)."""
        directions = self.directions.double()
        shadows = (vectors - self.centre).double() @ directions.T
        return shadows @ torch.linalg.pinv(directions @ directions.T)


def pca_plane(paths: Sequence[Tensor], centre: Tensor) -> Plane:
    """The two orthonormal directions in which the points of all paths (T, P) vary most, drawn through the centre.

    The mean of all points is subtracted first, as PCA does. The paths' common first point is lower left of their mean.

    Source: Li et al., Visualizing the loss landscape of neural nets, 2018, arXiv:1712.09913, section 7.
    """
    points = _centred(paths)
    directions = _principal_directions(points).to(centre.dtype)
    start = directions @ points[0].to(centre.dtype)
    signs = torch.where(start > 0, -1.0, 1.0).to(centre.dtype)
    return Plane(centre, directions * signs[:, None])


def share_of_variance(paths: Sequence[Tensor], plane: Plane) -> tuple[float, float]:
    """Shares of the paths' variance along the plane's first axis, and along what its second adds; 0 for no variance."""
    points = _centred(paths)
    total = points.square().sum()
    if not total:
        return 0.0, 0.0
    axes = torch.linalg.qr(plane.directions.double().T).Q
    first, second = ((points @ axes).square().sum(0) / total).tolist()
    return first, second


def random_plane(network: Network, centre: Tensor, generator: torch.Generator) -> Plane:
    """Two random directions, each filter of which is as long as that filter of the weights at the centre.

    A filter is a row of a weight matrix, or the kernel of one output channel: d_i <- d_i / |d_i| |w_i|. Biases and the
    gains of normalizations do not move. So one unit along an axis means the same for layers of any scale.

    Args:
        network: for the shapes; its own weights do not matter.
        centre: (P,).
    Source: Li et al., Visualizing the loss landscape of neural nets, 2018, arXiv:1712.09913, section 4.
    """
    directions = [filter_normalized(network, centre, generator) for _ in range(2)]
    return Plane(centre, torch.stack(directions))


def filter_normalized(network: Network, centre: Tensor, generator: torch.Generator) -> Tensor:
    """One random direction (P,), normal before its filters are scaled."""
    weights = decayed_weights(network)
    pieces = []
    values = centre.split([parameter.numel() for parameter in network.parameters()])
    for parameter, value in zip(network.parameters(), values, strict=True):
        if any(parameter is weight for weight in weights):
            filters = torch.randn(len(parameter), value.numel() // len(parameter), generator=generator).to(centre)
            lengths = value.view_as(filters).norm(dim=1, keepdim=True)
            pieces.append((filters * lengths / filters.norm(dim=1, keepdim=True)).flatten())
        else:
            pieces.append(torch.zeros_like(value))
    return torch.cat(pieces)


def _centred(paths: Sequence[Tensor]) -> Tensor:
    """All points of all paths in float64, less their mean."""
    points = torch.cat(list(paths)).double()
    return points - points.mean(0)


def _principal_directions(points: Tensor) -> Tensor:
    """(2, P) orthonormal, float64; from whichever of the two matrices of inner products is smaller."""
    number, size = points.shape
    if number < size:
        values, vectors = torch.linalg.eigh(points @ points.T)
        directions = vectors[:, -2:].T @ points
    else:
        values, vectors = torch.linalg.eigh(points.T @ points)
        directions = vectors[:, -2:].T
    directions, values = directions.flip(0), values[-2:].flip(0)
    for axis in range(2):  # one point, or a straight path, leaves an axis free: any direction will do
        if values[axis] <= TINY_SHARE * max(values[0].item(), 1e-300):
            directions[axis] = torch.eye(size, dtype=points.dtype, device=points.device)[axis]
    return _orthonormal(directions)


def _orthonormal(directions: Tensor) -> Tensor:
    axes = torch.linalg.qr(directions.T)
    return (axes.Q * axes.R.diagonal().sign()).T
