"""Augmentations: (B, 1, height, width) images -> images of the same shape, changed at random.

They see images as they came, before preprocessing, in which 0 is blank paper. Coordinates run from -1 to 1 over the
image, as in torch's grid_sample; what comes from outside is paper. What an augmentation takes away is no paper but
unknown: there stands the mean. `strength` multiplies the usual range that is written below: at 0 nothing changes, at 1
the range is the usual one.
"""

from collections.abc import Callable
from functools import partial

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from playground.catalog import AUGMENTATIONS
from playground.registry import resolve

MAX_DEGREES = 15
MAX_SHEAR = 0.2
MAX_SCALE = 0.15
MAX_LENS = 0.15
SHIFT_SHARE = 1 / 8  # of the width
CUTOUT_SHARE = 3 / 8  # of the width
SMALLEST_CROP = 0.8  # of the width
FLIP_SHARE = 0.5  # of the images

Change = Callable[[Tensor, np.random.Generator, float], Tensor]


def change_of(name: str, mean: np.ndarray) -> Change:
    """What a row of AUGMENTATIONS does: (images, generator, strength) -> changed images.

    Args:
        mean: (height, width), of each pixel over the training split.
    """
    row = AUGMENTATIONS[name]
    change = resolve(row.target)
    return partial(change, mean=torch.from_numpy(mean.astype(np.float32))) if row.fills_with_mean else change


def _warp(images: Tensor, matrices: np.ndarray) -> Tensor:
    """Images seen through affine maps (B, 2, 3) from output to input coordinates."""
    theta = torch.from_numpy(matrices).to(images.dtype)
    return F.grid_sample(images, F.affine_grid(theta, list(images.shape), align_corners=False), align_corners=False)


def _matrices(count: int) -> np.ndarray:
    matrices = np.zeros((count, 2, 3))
    matrices[:, 0, 0] = matrices[:, 1, 1] = 1
    return matrices


def _pixels(usual: float, strength: float) -> int:
    """A whole number of pixels, at least one unless the strength is 0."""
    return max(round(usual * strength), 1) if strength else 0


def flip(images: Tensor, rng: np.random.Generator, strength: float = 1.0) -> Tensor:
    """Each image mirrored left to right with probability 1/2."""
    mirrored = torch.from_numpy(rng.random(len(images)) < FLIP_SHARE * strength)[:, None, None, None]
    return torch.where(mirrored, images.flip(3), images)


def crop(images: Tensor, rng: np.random.Generator, strength: float = 1.0) -> Tensor:
    """A random window of 80 to 100% of the width, enlarged to the whole."""
    matrices = _matrices(len(images))
    side = rng.uniform(1 - (1 - SMALLEST_CROP) * strength, 1, len(images))
    matrices[:, 0, 0] = matrices[:, 1, 1] = side
    matrices[:, :, 2] = rng.uniform(-1, 1, (len(images), 2)) * (1 - side)[:, None]
    return _warp(images, matrices)


def shift(images: Tensor, rng: np.random.Generator, strength: float = 1.0) -> Tensor:
    """Moved by whole pixels, up to an eighth of the width, in both directions."""
    height, width = images.shape[2:]
    reach = _pixels(width * SHIFT_SHARE, strength)
    padded = F.pad(images, (reach, reach, reach, reach))
    corners = rng.integers(0, 2 * reach + 1, (len(images), 2))
    rows = torch.from_numpy(corners[:, 0, None] + np.arange(height))
    columns = torch.from_numpy(corners[:, 1, None] + np.arange(width))
    picks = torch.arange(len(images))[:, None, None]
    return padded[picks, 0, rows[:, :, None], columns[:, None, :]].unsqueeze(1)


def scale(images: Tensor, rng: np.random.Generator, strength: float = 1.0) -> Tensor:
    """Enlarged or shrunk by up to 15%, the same in both directions."""
    matrices = _matrices(len(images))
    reach = MAX_SCALE * strength
    matrices[:, 0, 0] = matrices[:, 1, 1] = 1 / rng.uniform(1 - reach, 1 + reach, len(images))
    return _warp(images, matrices)


def stretch(images: Tensor, rng: np.random.Generator, strength: float = 1.0) -> Tensor:
    """Width and height scaled apart, each by up to 15%."""
    matrices = _matrices(len(images))
    reach = MAX_SCALE * strength
    matrices[:, 0, 0], matrices[:, 1, 1] = 1 / rng.uniform(1 - reach, 1 + reach, (2, len(images)))
    return _warp(images, matrices)


def rotate(images: Tensor, rng: np.random.Generator, strength: float = 1.0) -> Tensor:
    """Turned by up to 15 degrees."""
    reach = MAX_DEGREES * strength
    angle = np.deg2rad(rng.uniform(-reach, reach, len(images)))
    matrices = _matrices(len(images))
    matrices[:, 0, 0] = matrices[:, 1, 1] = np.cos(angle)
    matrices[:, 0, 1], matrices[:, 1, 0] = -np.sin(angle), np.sin(angle)
    return _warp(images, matrices)


def shear(images: Tensor, rng: np.random.Generator, strength: float = 1.0) -> Tensor:
    """Slanted by up to 0.2."""
    matrices = _matrices(len(images))
    matrices[:, 0, 1] = rng.uniform(-MAX_SHEAR * strength, MAX_SHEAR * strength, len(images))
    return _warp(images, matrices)


def lens(images: Tensor, rng: np.random.Generator, strength: float = 1.0) -> Tensor:
    """Radial distortion p -> p (1 + k |p|^2), barrel or pincushion."""
    grid = F.affine_grid(torch.from_numpy(_matrices(len(images))), list(images.shape), align_corners=False)
    k = torch.from_numpy(rng.uniform(-MAX_LENS * strength, MAX_LENS * strength, len(images)))[:, None, None, None]
    bent = grid * (1 + k * (grid**2).sum(3, keepdim=True))
    return F.grid_sample(images, bent.to(images.dtype), align_corners=False)


def cutout(images: Tensor, rng: np.random.Generator, strength: float = 1.0, *, mean: Tensor) -> Tensor:
    """A square of three eighths of the width filled with each pixel's mean; it may hang over the border.

    After centring, the mean is the 0 of the paper. One number for all pixels would not be: where ink is rare, it is
    hundreds of standard deviations from the mean.

    Args:
        mean: (height, width), of each pixel over the training split.

    Source: DeVries and Taylor, Improved regularization with cutout, 2017, arXiv:1708.04552.
    """
    height, width = images.shape[2:]
    side = _pixels(width * CUTOUT_SHARE, strength)
    top = rng.integers(0, height, len(images))[:, None] - side // 2
    left = rng.integers(0, width, len(images))[:, None] - side // 2
    in_rows = (np.arange(height) >= top) & (np.arange(height) < top + side)
    in_columns = (np.arange(width) >= left) & (np.arange(width) < left + side)
    hole = torch.from_numpy(in_rows[:, None, :, None] & in_columns[:, None, None, :])
    return torch.where(hole, mean, images)
