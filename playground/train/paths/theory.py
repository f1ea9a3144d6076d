"""What theory says about paths on surfaces of constant curvature, constant slope or constant noise; no torch."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from playground.catalog import OPTIMIZERS, SURFACES
from playground.catalog.optimizers import Linear
from playground.catalog.surfaces import NOISE
from playground.config import Config

CONSTANT = "constant"
MAX_RESPONSE = 20_000  # steps after which the memory of one minibatch's noise is cut off


def is_plain(config: Config) -> bool:
    """Whether the learning rate stays what it is and nothing but the surface pulls."""
    return config.schedule == CONSTANT and config.warmup_fraction == 0 and config.weight_decay == 0


def rate(linear: Linear, b: float, learning_rate: float, curvatures: Sequence[float]) -> float:
    """Factor that the distance along the slowest of the axes takes in each step; above 1 it grows."""
    return float(_rates(linear, b, np.array([learning_rate]), curvatures)[0])


def rate_curve(
    linear: Linear, b: float, curvatures: Sequence[float], num_points: int = 161
) -> tuple[np.ndarray, np.ndarray]:
    """Learning rates from far below the stability limit to a little above it, and the rate at each."""
    limit = linear.limit(b) / max(curvatures)
    learning_rates = np.geomspace(limit / 100, limit * 1.3, num_points)
    return learning_rates, _rates(linear, b, learning_rates, curvatures)


def _rates(linear: Linear, b: float, learning_rates: np.ndarray, curvatures: Sequence[float]) -> np.ndarray:
    """Size of the largest root z of z^2 - (1 + b - a k0) z + (b + a k1) = 0, where a = learning rate x curvature."""
    gain, gain_before = linear.gains(b)
    scaled = np.outer(curvatures, learning_rates)  # (axes, learning rates)
    half, last = (1 + b - scaled * gain) / 2, b + scaled * gain_before
    root = np.sqrt((half**2 - last).astype(complex))
    return np.maximum(np.abs(half + root), np.abs(half - root)).max(axis=0)


def along_axes(points: np.ndarray, angle: float) -> np.ndarray:
    """(T, 2) coordinates along the turned axes."""
    cosine, sine = math.cos(angle), math.sin(angle)
    return points @ np.array([[cosine, -sine], [sine, cosine]])


def excited(surface: str, numbers: Mapping[str, float], start: Sequence[float]) -> list[int]:
    """Axes along which the start is not at 0 already; the others stay there."""
    coordinates = along_axes(np.array([start], dtype=float), SURFACES[surface].angle(numbers))[0]
    return [axis for axis in (0, 1) if abs(coordinates[axis]) > 1e-12 * np.abs(coordinates).max()]


def measured_rate(distances: np.ndarray) -> float | None:
    """Factor per step, from a straight line through the logarithms of the later two thirds.

    None when there are fewer than ten steps before rounding takes over.
    """
    sizes = np.abs(distances)
    if sizes[0] == 0:
        return None
    gone = np.flatnonzero(~np.isfinite(sizes) | (sizes < 1e-12 * sizes[0]) | (sizes > 1e150))
    end = int(gone[0]) if gone.size else sizes.size
    steps = np.arange(end // 3, end)
    if steps.size < 10:  # too short to tell a trend
        return None
    return float(np.exp(np.polyfit(steps, np.log(sizes[steps]), 1)[0]))


def noise_variance(linear: Linear, b: float, learning_rate: float, curvature: float) -> float:
    """Variance of the coordinate in the long run for gradient noise of variance 1; infinite beyond the limit.

    Sum of the squared responses to the noise of one minibatch. SGD: lr / (h (2 - lr h)).
    """
    if rate(linear, b, learning_rate, [curvature]) >= 1:
        return math.inf
    gain, gain_before = linear.gains(b)
    scaled = learning_rate * curvature
    before, now, noise_before, total = 0.0, 0.0, 0.0, 0.0
    for step in range(MAX_RESPONSE):
        noise = 1.0 if step == 0 else 0.0
        following = (
            (1 + b - scaled * gain) * now
            - (b + scaled * gain_before) * before
            - learning_rate * (gain * noise + gain_before * noise_before)
        )
        before, now, noise_before = now, following, noise
        total += now * now
        if step > 10 and now * now + before * before < 1e-12 * total:
            break
    return total


def noise_ball(linear: Linear, config: Config, surface: str, numbers: Mapping[str, float]) -> float:
    """Mean value in the long run on a noisy quadratic: sum over the axes of h / 2 times the variance."""
    b = OPTIMIZERS[config.optimizer].momentum_of(config)
    return sum(
        h / 2 * numbers[NOISE.name] ** 2 * noise_variance(linear, b, config.learning_rate, h)
        for h in SURFACES[surface].curvatures(numbers)
    )


def escape_time(
    linear: Linear, b: float, learning_rate: float, curvature: float, start: float, most: int
) -> int | None:
    """Step at which a coordinate of negative curvature first exceeds 1 in size; None if not within `most` steps."""
    gain, gain_before = linear.gains(b)
    scaled = learning_rate * curvature
    # The buffer starts empty: as if the step before the first had been none, and the gradient there 0.
    before = now = start
    gradient_before = 0.0
    for step in range(most + 1):
        if abs(now) > 1:
            return step
        following = now + b * (now - before) - scaled * gain * now - learning_rate * gain_before * gradient_before
        before, now, gradient_before = now, following, curvature * now
    return None
