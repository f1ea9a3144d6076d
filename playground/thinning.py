"""Which rows of something long are shown: evenly spread ones of a cloud, the lowest and highest ones of a curve."""

import numpy as np


def evenly(length: int, most: int) -> np.ndarray:
    """Row numbers of at most `most` evenly spread rows out of `length`, the first and the last among them."""
    if length <= most:
        return np.arange(length)
    return np.linspace(0, length - 1, most).round().astype(int)


def extremes(values: np.ndarray, most: int) -> np.ndarray:
    """Row numbers of at most `most` rows that keep every spike of a curve: what a chart draws of it is what it is.

    The rows are cut into stretches of one length, and of each stay those where a value is lowest and highest; and the
    first and the last row of all.

    Args:
        values: (rows,) of one curve, or (C, rows) of several whose rows stay together. What is not finite is no
            extreme, unless a stretch has nothing else.
        most: at least 2 + 2 C.
    """
    columns = np.atleast_2d(np.asarray(values, dtype=float))
    num_columns, length = columns.shape
    if length <= most:
        return np.arange(length)
    width = -(-length // max((most - 2) // (2 * num_columns), 1))
    padded = np.full((num_columns, -(-length // width) * width), np.nan)
    padded[:, :length] = columns
    stretches = padded.reshape(num_columns, -1, width)
    is_known = np.isfinite(stretches)
    starts = np.arange(stretches.shape[1]) * width
    lowest = np.where(is_known, stretches, np.inf).argmin(axis=2) + starts
    highest = np.where(is_known, stretches, -np.inf).argmax(axis=2) + starts
    return np.unique(np.concatenate([lowest.ravel(), highest.ravel(), [0, length - 1]]))
