"""Lines of theory to draw beside the paths, and the rate of convergence at every learning rate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from playground.catalog import OPTIMIZERS, SURFACES
from playground.catalog.surfaces import NOISE
from playground.config import Config
from playground.train.paths import theory
from playground.train.paths.claims import Way
from playground.train.paths.theory import is_plain


@dataclass(frozen=True)
class Expected:
    """Lines to draw: optimizer -> value of each step (T + 1), or length of each step (T)."""

    values: Mapping[str, np.ndarray] = field(default_factory=dict)
    lengths: Mapping[str, np.ndarray] = field(default_factory=dict)


def expected_lines(surface: str, numbers: Mapping[str, float], ways: Sequence[Way]) -> Expected:
    """What can be drawn beside the measured curves."""
    row, values, lengths = SURFACES[surface], {}, {}
    for way in ways:
        config, steps = way.config, np.arange(len(way.points))
        optimizer = OPTIMIZERS[config.optimizer]
        if not is_plain(config) or len(steps) < 2:
            continue
        if row.lowest is not None and row.curvatures and optimizer.linear and way.values[0] > 0:
            if numbers.get(NOISE.name):
                ball = theory.noise_ball(optimizer.linear, config, surface, numbers)
                values[config.optimizer] = np.full(len(steps), ball)
            else:
                axes = theory.excited(surface, numbers, way.points[0])
                curvatures = [row.curvatures(numbers)[axis] for axis in axes]
                b = optimizer.momentum_of(config)
                shrink = theory.rate(optimizer.linear, b, config.learning_rate, curvatures)
                with np.errstate(over="ignore"):
                    values[config.optimizer] = way.values[0] * shrink ** (2.0 * steps)
        if row.slope and optimizer.slope_step:
            slope = row.slope(numbers)
            lengths[config.optimizer] = config.learning_rate * np.array(
                [optimizer.slope_step(int(t), slope, config) for t in steps[1:]]
            )
    return Expected(values, lengths)


def rate_curves(
    surface: str, numbers: Mapping[str, float], configs: Sequence[Config]
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Optimizer -> learning rates and the rate of convergence at each, where theory knows it."""
    row = SURFACES[surface]
    if row.lowest is None or row.curvatures is None:
        return {}
    curvatures, optimizers = row.curvatures(numbers), {config.optimizer: config for config in configs}
    return {
        name: theory.rate_curve(OPTIMIZERS[name].linear, OPTIMIZERS[name].momentum_of(config), curvatures)
        for name, config in optimizers.items()
        if OPTIMIZERS[name].linear and is_plain(config)
    }
