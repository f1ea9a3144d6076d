"""Paths on a surface as bytes for the canvases that draw and play them (playground/ui/paths/canvas.js)."""

from collections.abc import Mapping

import numpy as np

from playground.catalog import OPTIMIZERS, SURFACES
from playground.charts import theme
from playground.charts.byte_message import byte_message
from playground.charts.optimizer_look import optimizer_look
from playground.charts.paths.surface_codes import surface_part
from playground.config import Config
from playground.jobs.paths.job import Path, PathsSnapshot

ROUND_OFF = 1e-12  # of the first value: what is below it is rounding
LARGEST = 3e38  # of a float32


def paths_payload(snapshot: PathsSnapshot) -> bytes:
    """A `byte_message` with everything that is drawn, said and filled in, colours included.

    Header: what `playground/ui/contours.js` reads of a surface (and kind and unit, to turn codes back into values),
    start, minima, lowest, steps, value_domain and length_domain (of the second plot), paths (looks, constants and
    rules), alt. Arrays: values (R * R uint16 codes), levels (codes) and, of path i, points_i, values_i, gradients_i,
    rates_i, lengths_i, memory_SYMBOL_i, expected_values_i and expected_lengths_i (float32, empty where unknown).
    """
    settings, row = snapshot.settings, SURFACES[snapshot.settings.surface]
    left, right, bottom, _ = snapshot.window
    surface, arrays = surface_part(snapshot.grid, row.spacing, row.lowest)
    for number, path in enumerate(snapshot.paths):
        arrays |= _path_arrays(number, path, snapshot)
    header = {
        **surface,
        **{"left": left, "bottom": bottom, "side": right - left, "axes": ["x", "y"], "colour": theme.VALLEY},
        "start": list(settings.start),
        "minima": [list(point) for point in row.minima],
        "steps": settings.steps,
        "lowest": row.lowest,
        "value_domain": value_domain(snapshot),
        "length_domain": length_domain(snapshot.paths),
        "paths": list(map(_looks, snapshot.paths)),
        "alt": paths_alt(snapshot),
    }
    return byte_message(header, arrays)


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


def _looks(path: Path) -> dict[str, object]:
    """One path's name, look and rule."""
    config, row = path.config, OPTIMIZERS[path.config.optimizer]
    return {
        **optimizer_look(config.optimizer),
        "learning_rate": config.learning_rate,
        "momentum": row.momentum_of(config),
        "status": path.status,
        "last": len(path.points) - 1,
        "finite": last_finite_step(path),
        "rule": [list(line) for line in row.rule],
        "constants": {"ρ": config.momentum, "β₁": config.momentum, "β₂": config.beta2, "ε": config.epsilon},
        "corrected": {symbol: [source, getattr(config, name)] for symbol, (source, name) in row.corrected.items()},
        "memory": list(row.memory),
        "velocity": next((symbol for symbol in ("v", "m") if symbol in row.memory), ""),
        "looks_ahead": looks_ahead(config),
    }


def last_finite_step(path: Path) -> int:
    """Number of the last step of which every number can be written down, counted from 1; 0 where none can."""
    before = [path.points[:-1], path.gradients[:-1], path.values[:-1, None]]
    after = [path.points[1:]]
    for held in path.memory.values():
        before, after = [*before, held[: len(path.points) - 1]], [*after, held[1:]]
    with np.errstate(invalid="ignore"):
        is_finite = np.all([np.all(np.abs(column) < LARGEST, axis=1) for column in (*before, *after)], axis=0)
    return int(np.logical_and.accumulate(is_finite).sum())


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
    return np.clip(np.asarray(values, dtype=float).ravel(), -LARGEST, LARGEST).astype(np.float32)
