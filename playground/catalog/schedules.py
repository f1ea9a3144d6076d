"""Schedules: pure functions (step, total steps) -> factor on the learning rate.

Times that a person sets in epochs (`step_size`) reach these functions as a share of the run, so that a factor depends
on nothing but step / total steps.
"""

import math
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playground.registry import Row, Table

PLATEAU, CUSTOM = "plateau", "custom"
Points = tuple[tuple[float, float], ...]
DRAWN: Points = ((0.0, 1.0), (0.5, 1.0), (1.0, 0.01))  # hold, then fall


@dataclass(frozen=True)
class Shape:
    """What a person sets of a schedule.

    Args:
        num_epochs: passes over the data in the whole run.
        step_size: epochs between two drops, or in one cycle, or of patience.
        gamma: what a drop multiplies by, or the rate of decay.
        floor: lowest factor, min_lr / learning_rate.
        points: (fraction of the run, factor) of the drawn schedule, fractions rising.
    """

    num_epochs: int
    step_size: int
    gamma: float
    floor: float
    points: Points = DRAWN

    @classmethod
    def of(cls, config: Any) -> "Shape":
        """What a Config says of the shape."""
        floor = min(config.min_lr / config.learning_rate, 1.0)
        return cls(config.num_epochs, config.step_size, config.gamma, floor, config.schedule_points)


Factor = Callable[[int, int, Shape], float]


@dataclass(frozen=True, kw_only=True)
class Schedule(Row):
    """One schedule.

    Args:
        factor: (step, total steps, shape) -> factor; None where the validation loss decides.
        uses: Config fields that the shape reads.
    """

    factor: Factor | None
    uses: frozenset[str] = frozenset()


def _epoch(step: int, total: int, shape: Shape) -> float:
    return step * shape.num_epochs / total


def warmed_up(step: int, total: int, warmup_fraction: float, factor: Callable[[int, int], float]) -> float:
    """Factor of update number `step`, counted from 0, when a linear warm-up goes before a schedule.

    Args:
        total: updates of the whole run.
        warmup_fraction: share of the run; the schedule runs over the rest.
        factor: (step, total) of the schedule -> factor.
    """
    warm_steps = round(warmup_fraction * total)
    if step < warm_steps:
        return (step + 1) / (warm_steps + 1)
    return factor(step - warm_steps, total - warm_steps)


def _drops(step: int, total: int, shape: Shape) -> int:
    return step * shape.num_epochs // (total * shape.step_size)  # integers: no rounding at the edge of an epoch


def _between(floor: float, share: float) -> float:
    return floor + (1 - floor) * share


def _cosine(fraction: float) -> float:
    return (1 + math.cos(math.pi * fraction)) / 2


def _restarts(step: int, total: int, shape: Shape) -> float:
    cycle = total * shape.step_size
    return _between(shape.floor, _cosine(step * shape.num_epochs % cycle / cycle))


def _one_cycle(step: int, total: int, shape: Shape, rise: float = 0.3, start: float = 1 / 25) -> float:
    """Cosine from 1/25 up to 1 over the first 30% of the run, then down to 1/250000; as torch's OneCycleLR."""
    end = start / 1e4
    peak = rise * total - 1
    if step <= peak:
        return start + (1 - start) * (1 - _cosine(step / peak))
    return end + (1 - end) * _cosine((step - peak) / max(total - 1 - peak, 1))


def _drawn(step: int, total: int, shape: Shape) -> float:
    fraction, points = step / total, shape.points
    right = bisect_right(points, fraction, key=lambda point: point[0])
    if right in (0, len(points)):
        return points[min(right, len(points) - 1)][1]
    (x0, y0), (x1, y1) = points[right - 1 : right + 1]
    return y0 + (y1 - y0) * (fraction - x0) / (x1 - x0)


SCHEDULES = Table(
    "schedules",
    "Schedule",
    "How the learning rate changes over the run, after the warm-up if there is one.",
    (
        Schedule(
            name="constant",
            label="Constant",
            formula=r"1",
            about="The same learning rate throughout.",
            source="CS231n notes, Neural networks part 3",
            factor=lambda step, total, shape: 1.0,
        ),
        Schedule(
            name="step",
            label="Step",
            formula=r"\gamma^{\lfloor e / \text{step\_size} \rfloor}",
            about="Multiplies by gamma every step_size epochs e.",
            source="CS231n notes, Neural networks part 3",
            factor=lambda step, total, shape: shape.gamma ** _drops(step, total, shape),
            uses=frozenset({"step_size", "gamma"}),
        ),
        Schedule(
            name="multistep",
            label="Multistep",
            formula=r"\gamma^{[t \ge 0.5] + [t \ge 0.75]}",
            about="Multiplies by gamma at one half and at three quarters of the run.",
            source="He et al., Deep residual learning, 2015, arXiv:1512.03385",
            factor=lambda step, total, shape: shape.gamma ** ((2 * step >= total) + (4 * step >= 3 * total)),
            uses=frozenset({"gamma"}),
        ),
        Schedule(
            name="exponential",
            label="Exponential",
            formula=r"\gamma^{e / \text{step\_size}}",
            about="Falls smoothly by a factor gamma every step_size epochs e.",
            source="CS231n notes, Neural networks part 3",
            factor=lambda step, total, shape: shape.gamma ** (_epoch(step, total, shape) / shape.step_size),
            uses=frozenset({"step_size", "gamma"}),
        ),
        Schedule(
            name="linear",
            label="Linear",
            formula=r"1 - t",
            about="A straight line from the learning rate down to min_lr.",
            source="CS231n lecture 7, Training neural networks II",
            factor=lambda step, total, shape: _between(shape.floor, 1 - step / total),
            uses=frozenset({"min_lr"}),
        ),
        Schedule(
            name="cosine",
            label="Cosine",
            formula=r"\tfrac12 (1 + \cos \pi t)",
            about="Half a cosine from the learning rate down to min_lr; slow at both ends.",
            source="Loshchilov and Hutter, SGDR, 2016, arXiv:1608.03983",
            factor=lambda step, total, shape: _between(shape.floor, _cosine(min(step / total, 1.0))),
            uses=frozenset({"min_lr"}),
        ),
        Schedule(
            name="cosine_restarts",
            label="Cosine with restarts",
            formula=r"\tfrac12 (1 + \cos \pi \{e / \text{step\_size}\})",
            about="Starts a new cosine every step_size epochs e; the braces take the fraction.",
            source="Loshchilov and Hutter, SGDR, 2016, arXiv:1608.03983",
            factor=_restarts,
            uses=frozenset({"step_size", "min_lr"}),
        ),
        Schedule(
            name="inverse_sqrt",
            label="Inverse square root",
            formula=r"1/\sqrt{1 + e}",
            about="Falls with the root of the epochs e; the 1 keeps it finite at the start, where notes divide by 0.",
            source="Vaswani et al., Attention is all you need, 2017, arXiv:1706.03762",
            factor=lambda step, total, shape: 1 / math.sqrt(1 + _epoch(step, total, shape)),
        ),
        Schedule(
            name="one_cycle",
            label="One cycle",
            formula=r"\tfrac{1}{25} \nearrow 1 \text{ at } t = 0.3 \searrow \tfrac{1}{250000}",
            about="Rises to the learning rate over 30% of the run, then falls almost to zero.",
            source="Smith and Topin, Super-convergence, 2017, arXiv:1708.07120",
            factor=_one_cycle,
        ),
        Schedule(
            name="one_over_t",
            label="1/t",
            formula=r"\frac{1}{1 + \gamma e}",
            about="Falls as one over the epochs e, at the rate gamma.",
            source="Robbins and Monro, A stochastic approximation method, 1951",
            factor=lambda step, total, shape: 1 / (1 + shape.gamma * _epoch(step, total, shape)),
            uses=frozenset({"gamma"}),
        ),
        Schedule(
            name=PLATEAU,
            label="On plateau",
            formula=r"\gamma^{\text{number of plateaus}}",
            about="Multiplies by gamma when the validation loss has not improved for step_size epochs.",
            source="CS231n lecture 7, Training neural networks II",
            factor=None,
            uses=frozenset({"step_size", "gamma", "min_lr"}),
        ),
        Schedule(
            name=CUSTOM,
            label="Drawn by you",
            formula=r"f_i + (f_{i+1} - f_i) \frac{t - t_i}{t_{i+1} - t_i}",
            about="Straight lines through your own points: the fraction t of the run, and the factor f there.",
            source="Piecewise linear interpolation; optax, piecewise_interpolate_schedule",
            factor=_drawn,
            uses=frozenset({"schedule_points"}),
        ),
    ),
)
