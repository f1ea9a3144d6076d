"""A surface with values of either sign as codes, with the levels of its contour lines."""

import math

import numpy as np

from playground.catalog.surfaces import LOGARITHMIC, SYMMETRIC
from playground.charts.contours import FULL, UNKNOWN, LogScale

DECADES = 4  # of values that contour levels are spread over; three on either side of 0, where there are both signs
NUM_LEVELS = 14  # about, where they are even


def surface_part(
    grid: np.ndarray, spacing: str, lowest: float | None
) -> tuple[dict[str, object], dict[str, np.ndarray]]:
    """Header and arrays of a surface: codes that are even where contour levels should be.

    kind says how a code becomes a value: low (high / low)^share above `lowest` ("logarithmic"), unit sinh z
    ("symmetric") or z ("even"), where z = low + share (high - low).
    """
    shared = {"size": len(grid), "full": FULL, "unknown": UNKNOWN, "kind": spacing}
    if spacing == LOGARITHMIC:
        above = grid - (lowest or 0.0)
        scale = LogScale.of(np.maximum(above, above.max(initial=0.0) / 10**DECADES))
        levels, _ = scale.levels()
        ends = {"low": scale.low, "high": scale.high, "unit": 1.0}
        codes, level_codes = scale.codes(above), scale.codes(levels)
    else:
        unit = float(np.abs(grid).max(initial=1e-300)) / 10 ** (DECADES - 1) if spacing == SYMMETRIC else 1.0
        bend = np.arcsinh if spacing == SYMMETRIC else np.asarray
        levels = _symmetric_levels(grid) if spacing == SYMMETRIC else _even_levels(grid)
        z = bend(grid / unit)
        low, high = float(z.min(initial=0.0)), float(z.max(initial=1e-9))
        ends = {"low": low, "high": high, "unit": unit}
        codes, level_codes = (np.rint((one - low) / (high - low) * FULL) for one in (z, bend(levels / unit)))
    header = {**shared, **ends, "labels": [f"{float(f'{level:.2g}'):g}" for level in levels]}
    return header, {"values": codes.astype(np.uint16).ravel(), "levels": np.asarray(level_codes, dtype=np.float32)}


def _symmetric_levels(grid: np.ndarray) -> np.ndarray:
    """0 and, on either side, 1 and 3 in each decade."""
    most = float(np.abs(grid).max(initial=1e-300))
    powers = 10.0 ** np.arange(math.floor(math.log10(most)) - 2, math.floor(math.log10(most)) + 1)
    upper = np.sort(np.concatenate([powers, 3 * powers]))
    levels = np.concatenate([-upper[::-1], [0.0], upper])
    return levels[(levels > grid.min(initial=0)) & (levels < grid.max(initial=0))]


def _even_levels(grid: np.ndarray) -> np.ndarray:
    """Multiples of a round number."""
    low, high = float(grid.min(initial=0)), float(grid.max(initial=1e-9))
    rough = (high - low) / NUM_LEVELS
    power = 10 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))
    return step * np.arange(math.ceil(low / step + 1e-9), math.ceil(high / step - 1e-9))
