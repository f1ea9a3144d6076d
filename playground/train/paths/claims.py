"""Claims of theory about the paths on a surface, each beside what was measured; only those that hold there."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from playground.catalog import OPTIMIZERS, SURFACES
from playground.catalog.surfaces import NOISE
from playground.config import Config
from playground.train.paths import theory
from playground.train.paths.theory import is_plain

SHORTEST = 1e-6  # of a step in learning rates: below it, the rounding of the points shows
LONG_RUN = 200  # steps after which noise has had time to average out


@dataclass(frozen=True)
class Claim:
    """One number of theory.

    Args:
        optimizer: row of OPTIMIZERS.
        quantity: what the numbers are.
        expected: None where theory has no closed form.
        measured: None where the path is too short to tell.
        agrees: None where there is nothing to compare.
        source: of the expectation.
    """

    optimizer: str
    quantity: str
    expected: float | None
    measured: float | None
    agrees: bool | None = None
    source: str = ""


class Way(Protocol):
    """A path as the claims read it; see playground.jobs.paths.job.Path."""

    config: Config
    points: np.ndarray
    values: np.ndarray
    gradients: np.ndarray


def claims_of(surface: str, numbers: Mapping[str, float], way: Way) -> Iterator[Claim]:
    """Everything that theory says of one path."""
    if len(way.points) < 2 or not is_plain(way.config):
        return
    row, optimizer = SURFACES[surface], OPTIMIZERS[way.config.optimizer]
    if row.curvatures and optimizer.linear:
        yield from _stability(surface, numbers, way)
        if numbers.get(NOISE.name):
            yield from _noise(surface, numbers, way)
        else:
            yield from _convergence(surface, numbers, way)
    if row.lowest is None and row.curvatures:
        yield from _escape(surface, numbers, way)
    if optimizer.slope_step:
        yield from _steps(surface, numbers, way)


def _stability(surface: str, numbers: Mapping[str, float], way: Way) -> Iterator[Claim]:
    curvatures, config = SURFACES[surface].curvatures(numbers), way.config
    optimizer = OPTIMIZERS[config.optimizer]
    if min(curvatures) <= 0:
        return
    limit = optimizer.linear.limit(optimizer.momentum_of(config)) / max(curvatures)
    grew = not np.isfinite(way.values[-1]) or way.values[-1] > way.values[0]
    agrees = None if numbers.get(NOISE.name) else grew == (config.learning_rate > limit)
    yield Claim(config.optimizer, "largest stable learning rate; the present one", limit, config.learning_rate,
                agrees, optimizer.linear.source)  # fmt: skip


def _convergence(surface: str, numbers: Mapping[str, float], way: Way) -> Iterator[Claim]:
    config, row = way.config, SURFACES[surface]
    optimizer = OPTIMIZERS[config.optimizer]
    axes = theory.excited(surface, numbers, way.points[0])
    if not axes:
        return
    b, curvatures = optimizer.momentum_of(config), row.curvatures(numbers)
    rates = {axis: theory.rate(optimizer.linear, b, config.learning_rate, [curvatures[axis]]) for axis in axes}
    slowest = max(rates, key=rates.get)
    measured = theory.measured_rate(theory.along_axes(way.points, row.angle(numbers))[:, slowest])
    agrees = None if measured is None else abs(measured - rates[slowest]) < 0.01  # oscillations blur the third digit
    yield Claim(config.optimizer, "distance after each step, as a multiple", rates[slowest], measured, agrees,
                "Goh, Why momentum really works, Distill, 2017")  # fmt: skip


def _noise(surface: str, numbers: Mapping[str, float], way: Way) -> Iterator[Claim]:
    config = way.config
    linear = OPTIMIZERS[config.optimizer].linear
    expected = theory.noise_ball(linear, config, surface, numbers)
    steps = len(way.points) - 1
    if steps < LONG_RUN or not np.isfinite(expected):
        return
    tail = slice(steps // 2, None)
    measured = float(np.mean(way.values[tail]))
    factor = 2  # the mean over some hundred correlated steps is no sharper
    agrees = expected / factor < measured < expected * factor
    yield Claim(config.optimizer, "mean value over the second half: the ball of noise", expected, measured, agrees,
                "Mandt et al., Stochastic gradient descent as approximate Bayesian inference, 2017")  # fmt: skip
    middle = theory.along_axes(way.points[tail], SURFACES[surface].angle(numbers)).mean(axis=0)
    curvatures = SURFACES[surface].curvatures(numbers)
    value = float(sum(h * c**2 for h, c in zip(curvatures, middle, strict=True)) / 2)
    count = len(way.points[tail])
    average = sum(numbers[NOISE.name] ** 2 / (2 * h * count) for h in curvatures)
    yield Claim(config.optimizer, "value at the average of these points", average, value, value < measured,
                "Polyak and Juditsky, Acceleration of stochastic approximation by averaging, 1992")  # fmt: skip


def _escape(surface: str, numbers: Mapping[str, float], way: Way) -> Iterator[Claim]:
    config, curvatures = way.config, SURFACES[surface].curvatures(numbers)
    optimizer, axis = OPTIMIZERS[config.optimizer], int(np.argmin(curvatures))
    away = np.flatnonzero(np.abs(way.points[:, axis]) > 1)
    measured = int(away[0]) if away.size else None
    expected = None
    if optimizer.linear:
        expected = theory.escape_time(
            optimizer.linear, optimizer.momentum_of(config), config.learning_rate,
            curvatures[axis], way.points[0, axis], len(way.points) - 1,
        )  # fmt: skip
    agrees = None if expected is None else expected == measured
    source = "Dauphin et al., 2014" if expected is not None else ""
    yield Claim(config.optimizer, "steps until |y| > 1", expected, measured, agrees, source)


def _steps(surface: str, numbers: Mapping[str, float], way: Way) -> Iterator[Claim]:
    """The first step, on any surface; where the slope is constant, the last one as well."""
    config, optimizer = way.config, OPTIMIZERS[way.config.optimizer]
    axis = int(np.argmax(np.abs(way.gradients[0])))
    slope = abs(way.gradients[0, axis])
    if optimizer.linear and not SURFACES[surface].slope:
        return  # there the length of the first step says nothing new
    steps = [1, len(way.points) - 1] if SURFACES[surface].slope else [1]
    for t in dict.fromkeys(steps):
        expected = optimizer.slope_step(t, slope, config)
        measured = float(abs(way.points[t, axis] - way.points[t - 1, axis]) / config.learning_rate)
        agrees = math.isclose(expected, measured, rel_tol=1e-3)
        yield Claim(config.optimizer, f"length of step {t} in learning rates", expected, measured,
                    agrees if expected > SHORTEST else None, optimizer.source)  # fmt: skip


def optimum_of(config: Config, curvatures: Sequence[float]) -> tuple[Config, float] | None:
    """The optimizer's fastest settings on a quadratic and their rate; None where theory has none."""
    linear = OPTIMIZERS[config.optimizer].linear
    kappa = max(curvatures) / min(curvatures) if min(curvatures) > 0 else 1.0
    if linear is None or kappa <= 1 or not is_plain(config):
        return None
    scaled_rate, b, rate = linear.optimum(kappa)
    return config.model_copy(update={"learning_rate": scaled_rate / max(curvatures), "momentum": b}), rate


def optimum_claim(best: Way, rate: float) -> Claim:
    """The fastest rate there is, beside a run with those settings."""
    config = best.config
    linear = OPTIMIZERS[config.optimizer].linear
    measured = theory.measured_rate(np.linalg.norm(best.points, axis=1))
    with_momentum = f", momentum {config.momentum:.3g}" if "momentum" in OPTIMIZERS[config.optimizer].uses else ""
    quantity = f"the same at its best settings: learning rate {config.learning_rate:.3g}{with_momentum}"
    agrees = None if measured is None else abs(measured - rate) < 0.02
    return Claim(config.optimizer, quantity, rate, measured, agrees, linear.source)
