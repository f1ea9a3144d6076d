"""Paths on a surface as bytes for the canvases that draw and play them (playground/ui/paths.js)."""

import math
from collections.abc import Mapping

import numpy as np

from playground.catalog import OPTIMIZERS, SURFACES
from playground.catalog.surfaces import LOGARITHMIC, SYMMETRIC
from playground.charts import theme
from playground.charts.byte_message import byte_message
from playground.config import Config
from playground.jobs.path import Path, PathsSnapshot

FULL = 65534  # code of the highest value
UNKNOWN = 65535  # code of a value that is not finite
DECADES = 5  # of values above the lowest that contour levels are spread over
NUM_LEVELS = 16
ROUND_OFF = 1e-15  # of the first value: what is below it is rounding
LARGEST = 3e38  # of a float32
DASHES = ((1, 0), (7, 3), (2, 2.5), (9, 3, 2, 3), (4, 2), (1, 3), (12, 4), (5, 2, 1, 2, 1, 2))


def paths_payload(snapshot: PathsSnapshot) -> bytes:
    """A `byte_message` with everything that is drawn, said and filled in, colours included.

    Header: window, start, minima, levels, scale (how codes become values), curves (what the second plot can show),
    paths (names, looks, constants and rules), alt. Arrays: grid (R * R uint16 codes) and, of path i, points_i, values_i,
    gradients_i, rates_i, memory_i_SYMBOL, expected_values_i and expected_lengths_i (float32, empty where unknown).
    """
    settings, row = snapshot.settings, SURFACES[snapshot.settings.surface]
    codes, scale = surface_codes(snapshot.grid, row.spacing, row.lowest)
    arrays = {"grid": codes}
    for number, path in enumerate(snapshot.paths):
        arrays |= _path_arrays(number, path, snapshot)
    header = {
        "size": len(snapshot.grid),
        "window": list(snapshot.window),
        "start": list(settings.start),
        "minima": [list(point) for point in row.minima],
        "steps": settings.steps,
        "levels": NUM_LEVELS,
        "scale": scale,
        "value_domain": value_domain(snapshot),
        "length_domain": length_domain(snapshot.paths),
        "lowest": row.lowest,
        "paths": [_looks(path, list(OPTIMIZERS).index(path.config.optimizer)) for path in snapshot.paths],
        "colour": theme.LEARNING_RATE,
        "alt": paths_alt(snapshot),
    }
    return byte_message(header, arrays)


def surface_codes(grid: np.ndarray, spacing: str, lowest: float | None) -> tuple[np.ndarray, dict[str, object]]:
    """Codes 0..FULL that are even where contour levels should be, and how to turn a code back into a value.

    Returns:
        (R * R,) uint16, and kind, low, high and unit: z = low + code / FULL (high - low), and the value is
        lowest + 10^z (logarithmic), unit sinh z (symmetric) or z (even).
    """
    finite = np.isfinite(grid)
    most = float(np.abs(grid[finite]).max()) if finite.any() else 1.0
    unit = max(most, 1e-300) / 10 ** (DECADES / 2)
    with np.errstate(all="ignore"):
        if spacing == LOGARITHMIC:
            above = grid - (lowest or 0.0)
            z = np.log10(np.maximum(above, max(most, 1e-300) / 10**DECADES))
        elif spacing == SYMMETRIC:
            z = np.arcsinh(grid / unit)
        else:
            z = grid.astype(float)
    low, high = (float(z[finite].min()), float(z[finite].max())) if finite.any() else (0.0, 1.0)
    span = high - low or 1.0
    codes = np.where(finite, np.round((z - low) / span * FULL), UNKNOWN)
    return codes.astype(np.uint16).ravel(), {"kind": spacing, "low": low, "high": low + span, "unit": unit}


def value_domain(snapshot: PathsSnapshot) -> list[float]:
    """Lowest and highest value of the axis: values above the minimum where there is one, for a logarithmic axis.

    A path that diverges leaves through the top.
    """
    lowest = SURFACES[snapshot.settings.surface].lowest
    values = [path.values[np.isfinite(path.values)] for path in snapshot.paths]
    seen = np.concatenate([*values, np.zeros(0)])
    if not seen.size:
        return [1e-3, 1.0] if lowest is not None else [-1.0, 1.0]
    if lowest is None:
        low, high = max(seen.min(), snapshot.grid.min()), min(seen.max(), snapshot.grid.max())
        return [float(low), float(max(high, low + 1e-9))]
    first = max(float(values[0][0]) - lowest, 1e-300)
    above = (seen - lowest)[seen - lowest > ROUND_OFF * first]
    low = float(above.min()) if above.size else first / 10
    return [min(low, first / 10), 3 * first]


def length_domain(paths: tuple[Path, ...]) -> list[float]:
    """Shortest and longest step of the axis, which is logarithmic."""
    lengths = np.concatenate([*(step_lengths(path) for path in paths), np.zeros(0)])
    lengths = lengths[np.isfinite(lengths) & (lengths > 0)]
    if not lengths.size:
        return [1e-3, 1.0]
    high = min(float(lengths.max()), 1e3 * float(np.median(lengths)))
    return [max(float(lengths.min()), high * 1e-8), high * 1.5]


def step_lengths(path: Path) -> np.ndarray:
    """(T,) lengths of the steps."""
    with np.errstate(all="ignore"):
        return np.linalg.norm(np.diff(path.points, axis=0), axis=1)


def paths_alt(snapshot: PathsSnapshot) -> str:
    """Where every path ends, in words."""
    row = SURFACES[snapshot.settings.surface]
    ends = "; ".join(f"{OPTIMIZERS[path.config.optimizer].label} {_end(path)}" for path in snapshot.paths)
    return f"Contours of {row.label} with paths from {_point(snapshot.settings.start)}. {ends}."


def _end(path: Path) -> str:
    if path.status != "finished":
        return f"diverges after {len(path.points) - 1} steps"
    return f"ends at {_point(path.points[-1])} with value {path.values[-1]:.3g}"


def _point(point: object) -> str:
    x, y = point
    return f"({x:.3g}, {y:.3g})"


def _looks(path: Path, place: int) -> dict[str, object]:
    """One path's name, look and rule; the look belongs to the optimizer, whichever others there are."""
    config, row = path.config, OPTIMIZERS[path.config.optimizer]
    velocity = next((symbol for symbol in ("v", "m") if symbol in row.memory), None)
    return {
        "label": row.label,
        "colour": theme.CLASS_COLOURS[place % len(theme.CLASS_COLOURS)],
        "shape": theme.CLASS_SHAPES[place % len(theme.CLASS_SHAPES)],
        "dash": DASHES[place % len(DASHES)],
        "learning_rate": config.learning_rate,
        "status": path.status,
        "last": len(path.points) - 1,
        "rule": [list(line) for line in row.rule],
        "constants": {"ρ": config.momentum, "β₁": config.momentum, "β₂": config.beta2},
        "corrected": {
            symbol: [source, getattr(config, name)] for symbol, (source, name) in row.corrected.items()
        },
        "memory": list(row.memory),
        "velocity": velocity,
        "looks_ahead": looks_ahead(config),
    }  # fmt: skip


def looks_ahead(config: Config) -> float:
    """Momentum by which the point runs ahead of the plain iterate, which is x + learning rate x this x v; else 0."""
    row = OPTIMIZERS[config.optimizer]
    return config.momentum if row.linear and row.linear.gains(config.momentum)[1] and config.momentum else 0.0


def _path_arrays(number: int, path: Path, snapshot: PathsSnapshot) -> Mapping[str, np.ndarray]:
    expected, name = snapshot.expected, path.config.optimizer
    columns = {
        "points": path.points,
        "values": path.values,
        "gradients": path.gradients,
        "rates": path.learning_rates,
        "lengths": step_lengths(path),
        "expected_values": expected.values.get(name, ()),
        "expected_lengths": expected.lengths.get(name, ()),
        **{f"memory_{symbol}": held for symbol, held in path.memory.items()},
    }
    return {f"{column}_{number}": _float32(values) for column, values in columns.items()}


def _float32(values: object) -> np.ndarray:
    """Flat, with what is too large for the type at its end."""
    flat = np.asarray(values, dtype=float).ravel()
    return np.clip(np.nan_to_num(flat, nan=math.nan, posinf=LARGEST, neginf=-LARGEST), -LARGEST, LARGEST).astype(
        np.float32
    )
