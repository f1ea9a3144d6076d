"""Schedules: pure functions (step, total steps) -> factor on the learning rate.

Times that a person sets in epochs (`step_size`) reach these functions as a share of the run, so that a factor depends
on nothing but step / total steps.
"""

import math
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
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
        milestones: epochs after which a drop comes; empty: where the schedule puts them by itself.
    """

    num_epochs: int
    step_size: int
    gamma: float
    floor: float
    points: Points = DRAWN
    milestones: tuple[int, ...] = ()

    @classmethod
    def of(cls, config: Any) -> "Shape":
        """What a Config says of the shape."""
        floor = min(config.min_lr / config.learning_rate, 1.0)
        points, milestones = config.schedule_points, config.milestones
        return cls(config.num_epochs, config.step_size, config.gamma, floor, points, milestones)


Factor = Callable[[int, int, Shape], float]


@dataclass(frozen=True, kw_only=True)
class Schedule(Row):
    """One schedule.

    Args:
        factor: (step, total steps, shape) -> factor; None where the validation loss decides.
        uses: Config fields that the shape reads.
        restarts: whether it goes back up after every step_size epochs.
    """

    factor: Factor | None
    uses: frozenset[str] = frozenset()
    restarts: bool = False


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
    """How often the rate has dropped, in whole numbers: no rounding at the edge of an epoch."""
    if shape.milestones:
        return sum(milestone * total <= step * shape.num_epochs for milestone in shape.milestones)
    return step * shape.num_epochs // (total * shape.step_size)


def _late_drops(step: int, total: int, shape: Shape) -> int:
    return _drops(step, total, shape) if shape.milestones else (2 * step >= total) + (4 * step >= 3 * total)


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


class Plateau:
    """Factor that falls by gamma after each step_size epochs in a row without a new lowest validation loss.

    The same counting as that of early stopping: the loss before the first update counts, and any lower loss is
    progress. torch's ReduceLROnPlateau(patience=step_size - 1, threshold=0) does the same; its defaults ask for a loss
    lower by a share of 1e-4, and its patience of 3 acts after the fourth epoch.
    """

    def __init__(self, shape: Shape):
        self.factor = 1.0
        self._shape, self._best, self._waited = shape, math.inf, 0

    def see(self, loss: float) -> None:
        """The validation loss before the first update, or after an epoch."""
        self._best, self._waited = (loss, 0) if loss < self._best else (self._best, self._waited + 1)
        if self._waited == self._shape.step_size:
            self._waited = 0
            self.factor *= self._shape.gamma


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
            about="Multiplies by gamma every step_size epochs e, or after each of the milestones.",
            source="CS231n notes, Neural networks part 3",
            factor=lambda step, total, shape: shape.gamma ** _drops(step, total, shape),
            uses=frozenset({"step_size", "gamma", "milestones"}),
        ),
        Schedule(
            name="multistep",
            label="Multistep",
            formula=r"\gamma^{[t \ge 0.5] + [t \ge 0.75]}",
            about="Multiplies by gamma at one half and at three quarters of the run, or after each of the milestones.",
            source="He et al., Deep residual learning, 2015, arXiv:1512.03385",
            factor=lambda step, total, shape: shape.gamma ** _late_drops(step, total, shape),
            uses=frozenset({"gamma", "milestones"}),
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
            restarts=True,
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
            about="Multiplies by gamma after step_size epochs in a row without a new lowest validation loss.",
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

USUAL_CYCLES = 3  # drops or cycles of a run
SAMPLES = 11  # points that stand for a whole schedule


@cache
def usual_step_size(schedule: str, num_epochs: int) -> int:
    """About a third of the run; of cycles, the length nearest to it with which the last one ends with the run.

    Rounded up, so that no third drop falls on the last epochs.
    """
    if not SCHEDULES[schedule].restarts:
        return math.ceil(num_epochs / USUAL_CYCLES)
    return min(_divisors(num_epochs), key=lambda divisor: abs(math.log(USUAL_CYCLES * divisor / num_epochs)))


def _divisors(number: int) -> list[int]:
    low = [divisor for divisor in range(1, math.isqrt(number) + 1) if number % divisor == 0]
    return sorted({*low, *(number // divisor for divisor in low)})


def sampled_points(config: Any, name: str) -> Points:
    """A schedule without its warm-up as a few points, to draw on from."""
    factor, shape = SCHEDULES[name].factor, Shape.of(config)
    fractions = [k / (SAMPLES - 1) for k in range(SAMPLES)]
    return tuple((round(t, 2), float(f"{factor(round(1000 * t), 1000, shape):.2g}")) for t in fractions)


def schedule_remark(config: Any) -> str:
    """What a person may not expect of the chosen epochs, in one or two sentences; "" where all is as usual."""
    row, shape = SCHEDULES[config.schedule], Shape.of(config)
    epochs, step_size = shape.num_epochs, shape.step_size
    late = [str(milestone) for milestone in shape.milestones if milestone >= epochs]
    if "milestones" in row.uses and shape.milestones:
        return f"The run has {epochs} epochs, so nothing drops after epoch {' and '.join(late)}." if late else ""
    if "step_size" not in row.uses:
        return ""
    if not row.restarts:
        drops = row.factor is None or row.factor(1, epochs, shape) == 1  # in a first epoch, a smooth decay falls too
        return f"The run ends before the first drop, after epoch {step_size}." if drops and step_size >= epochs else ""
    if step_size == epochs:
        return "One cycle takes the whole run, so nothing restarts."
    if epochs % step_size == 0:
        return ""
    end = _between(shape.floor, _cosine(epochs % step_size / step_size))
    fitting = min(_divisors(epochs), key=lambda divisor: abs(math.log(divisor / step_size)))
    return (
        f"{epochs} epochs are no multiple of the step size {step_size}, so the run ends within a cycle, at {end:.0%} "
        f"of the learning rate. A step size of {fitting} ends with a whole one."
    )
