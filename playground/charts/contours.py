"""A surface of positive values as codes on a logarithmic scale, with levels for its contour lines."""

from dataclasses import dataclass

import numpy as np

FULL = 65534  # code of the highest value
UNKNOWN = 65535  # code of a value that is not finite
MOST_LEVELS = 14
LOWEST_SHARE = 1e-6  # of the highest value; what is lower, 0 included, is shown like this
FACTORS = (10 ** (1 / 20), 10 ** (1 / 10), 10 ** (1 / 5), 10 ** (1 / 3), 10 ** (1 / 2), 10.0, 100.0)


@dataclass(frozen=True)
class LogScale:
    """Values between low and high as codes 0 to FULL, evenly in the logarithm.

    Args:
        low, high: positive, low < high.
    """

    low: float
    high: float

    @classmethod
    def of(cls, *parts: np.ndarray) -> "LogScale":
        """The scale that reaches from the lowest to the highest finite value."""
        values = np.concatenate([np.ravel(part) for part in parts]) if parts else np.empty(0)
        values = values[np.isfinite(values)]
        high = float(values.max(initial=0.0)) or 1.0
        low = max(float(values.min(initial=high)), high * LOWEST_SHARE)
        return cls(low, high) if low < high else cls(low / 2, high * 2)

    def codes(self, values: np.ndarray) -> np.ndarray:
        """uint16 codes; values beyond the ends get the ends' codes."""
        known = np.isfinite(values)
        clipped = np.clip(np.where(known, values, self.low), self.low, self.high)
        shares = np.log(clipped / self.low) / np.log(self.high / self.low)
        return np.where(known, np.rint(shares * FULL), UNKNOWN).astype(np.uint16)

    def levels(self) -> tuple[np.ndarray, float]:
        """Values of the contour lines, each one the same factor above the one before, and that factor."""
        span = self.high / self.low
        fitting = (factor for factor in FACTORS if np.log(span) / np.log(factor) <= MOST_LEVELS)
        factor = next(fitting, span ** (1 / MOST_LEVELS))
        first, last = (np.log(end) / np.log(factor) for end in (self.low, self.high))
        powers = np.arange(np.floor(first) + 1, np.ceil(last))
        return factor**powers, factor
