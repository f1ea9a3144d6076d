"""Images moved by whole pixels: a test set that is not drawn as the training set was."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def moved(images: np.ndarray, reach: int, rng: np.random.Generator) -> np.ndarray:
    """Each image (N, height, width) moved by -reach to reach pixels in both directions; what comes in is 0."""
    height, width = images.shape[1:]
    padded = np.pad(images, ((0, 0), (reach, reach), (reach, reach)))
    windows = sliding_window_view(padded, (height, width), axis=(1, 2))  # (N, 2 reach + 1, 2 reach + 1, ...)
    corners = rng.integers(0, 2 * reach + 1, (len(images), 2))
    return windows[np.arange(len(images)), corners[:, 0], corners[:, 1]]
