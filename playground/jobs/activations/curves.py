"""ActivationCurvesJob: functions and their slopes over a range, and what can be said of each in numbers."""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np

from playground.catalog import ACTIVATIONS
from playground.catalog.activation_lesson import FAR, IDENTITY, MIMICKED, NEARER, adjusted, lesson_rows
from playground.catalog.activations import USUAL_SLOPE, Activation
from playground.jobs.job import Snapshot, Turn
from playground.parsing import ConfigError

LOWEST, HIGHEST = -20.0, 20.0
MOST_PIECES = 8
POINTS = 401
BESIDE = 1e-9  # how near to 0 a point on either side is, where slopes may jump
NUM_INPUTS, NUM_UNITS = 64, 100  # of the layer whose parameters are counted


@dataclass(frozen=True)
class ActivationCurve:
    """One function.

    Args:
        name, label: key and label of its row.
        z, values, slopes: (POINTS,) places, f and f' there.
        steepest: largest |f'| in the range.
        low, high: it saturates below and above these places; None: it does not.
        mean: of f for standard normal input.
        value_at, slope_at: f and f' at the place that is read.
        parameters: of one unit of a layer of NUM_UNITS units with NUM_INPUTS inputs.
        pieces: (K, 2) slope and intercept of the lines that it is the largest of; empty for others.
    """

    name: str
    label: str
    z: np.ndarray
    values: np.ndarray
    slopes: np.ndarray
    steepest: float
    low: float | None
    high: float | None
    mean: float
    value_at: float
    slope_at: float
    parameters: float
    pieces: np.ndarray


@dataclass(frozen=True)
class ActivationCurvesSnapshot(Snapshot):
    """Everything at once.

    Args:
        curves: in the job's order.
        at: place that is read.
        slope: of rows whose negative slope is learned.
        identity: (3, POINTS) places, the first function of the identity, and the second squeezed and shifted.
        identity_gap: largest difference between the two.
        identity_mistake: the same when z is not halved.
        far_slope: slope at FAR of the first function of the identity.
        nearer: mean of each row of NEARER for standard normal input.
        mimicry: largest difference between maxout with two fitting lines and each row that it can become.
    """

    curves: tuple[ActivationCurve, ...] = ()
    at: float = 0.0
    slope: float = 0.0
    identity: np.ndarray | None = None
    identity_gap: float = 0.0
    identity_mistake: float = 0.0
    far_slope: float = 0.0
    nearer: tuple[float, ...] = ()
    mimicry: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class ActivationCurvesJob:
    """Functions by the classes that train.

    Args:
        names: of rows, each once.
        low, high: the range of z.
        at: place that is read.
        slope: of rows whose negative slope is learned.
        pieces: linear pieces of rows that have several.
        negative_slope: of rows in which it is fixed.

    Raises:
        ConfigError: naming what is wrong.
    """

    names: tuple[str, ...]
    low: float = -5.0
    high: float = 5.0
    at: float = 5.0
    slope: float = 0.25
    pieces: int = 2
    negative_slope: float = USUAL_SLOPE

    def __post_init__(self):
        if not LOWEST <= self.low < self.high <= HIGHEST:
            came = f"{self.low:g} to {self.high:g}"
            raise ConfigError({"range": f"must rise within {LOWEST:g} to {HIGHEST:g}, but {came} came."})
        if not 2 <= self.pieces <= MOST_PIECES:
            raise ConfigError({"pieces": f"must be 2 to {MOST_PIECES}, but {self.pieces} came."})

    def frames(self) -> Generator[ActivationCurvesSnapshot | None, Turn, None]:
        turn = yield ActivationCurvesSnapshot()
        if turn.stop:
            yield ActivationCurvesSnapshot("stopped")
            return
        z = places(self.low, self.high)
        rows = lesson_rows(self.names, slope=self.slope, pieces=self.pieces, negative_slope=self.negative_slope)
        curves = tuple(_curve(row, z, self.at) for row in rows)
        first, second, mistake = _identity(z)
        yield ActivationCurvesSnapshot(
            "finished",
            fraction=1.0,
            curves=curves,
            at=self.at,
            slope=self.slope,
            identity=np.stack([z, first, second]),
            identity_gap=float(np.abs(first - second).max()),
            identity_mistake=float(np.abs(first - mistake).max()),
            far_slope=_far_slope(),
            nearer=tuple(_mean(name) for name in NEARER),
            mimicry=_mimicry(z, self.slope),
        )


def places(low: float, high: float) -> np.ndarray:
    """(POINTS,) evenly spread places, one of them on either side of 0 where it lies inside, never 0 itself."""
    if not low < 0 < high:
        return np.linspace(low, high, POINTS)
    even = np.linspace(low, high, POINTS - 2)
    return np.sort(np.append(np.where(even == 0, 2 * BESIDE, even), [-BESIDE, BESIDE]))


def _curve(row: Activation, z: np.ndarray, at: float) -> ActivationCurve:
    from playground.train.activations import shape

    values, slopes = shape.values_and_slopes(row, z)
    value_at, slope_at = (float(found[0]) for found in shape.values_and_slopes(row, np.array([at])))
    return ActivationCurve(
        name=row.name,
        label=row.label,
        z=z,
        values=values,
        slopes=slopes,
        steepest=float(np.abs(slopes).max()),
        low=row.saturates_below,
        high=row.saturates_above,
        mean=shape.mean_output(row),
        value_at=value_at,
        slope_at=slope_at,
        parameters=shape.parameters_per_unit(row, NUM_INPUTS, NUM_UNITS),
        pieces=shape.lines(row) if row.pieces > 1 else np.empty((0, 2)),
    )


def _identity(z: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The first function of the identity, the second one squeezed with half of z, and the same without halving."""
    from playground.train.activations.shape import squeezed, values_and_slopes

    first, second = (ACTIVATIONS[name] for name in IDENTITY)
    return (
        values_and_slopes(first, z)[0],
        squeezed(values_and_slopes(second, z / 2)[0]),
        squeezed(values_and_slopes(second, z)[0]),
    )


def _far_slope() -> float:
    from playground.train.activations.shape import values_and_slopes

    return float(values_and_slopes(ACTIVATIONS[IDENTITY[0]], np.array([FAR]))[1][0])


def _mean(name: str) -> float:
    from playground.train.activations.shape import mean_output

    return mean_output(ACTIVATIONS[name])


def _mimicry(z: np.ndarray, slope: float) -> tuple[tuple[str, float], ...]:
    """Maxout of the lines a z and z against the rows that it becomes: a = 0 for the first, `slope` for the second."""
    from playground.train.activations.shape import largest_difference

    maxout = adjusted(next(row for row in ACTIVATIONS.values() if row.pieces > 1), slope=slope, pieces=2)
    found = []
    for name, flat in zip(MIMICKED, (0.0, slope), strict=True):
        row = adjusted(ACTIVATIONS[name], slope=slope, pieces=2)
        found.append((name, largest_difference(maxout, row, z, np.array([[flat, 0.0], [1.0, 0.0]]))))
    return tuple(found)
