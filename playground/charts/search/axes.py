"""Where numbers and names stand along an axis of a search: at shares of it, whatever its scale."""

import math
from collections.abc import Mapping
from typing import Any

from playground.fields import SPECS
from playground.spec import number_text
from playground.train.search.axis import LOG, Axis

MOST_TICKS = 7
UNSET_AT, UNSET = -0.12, "none"  # share of an axis where trials stand that do not set its field, and what is said there
MANTISSAS = ((1,), (1, 3), (1, 2, 5), tuple(range(1, 10)))  # of ticks on a log axis, from far apart to close


def value_text(field: str, value: Any) -> str:
    """A value of a trial as a person reads it."""
    if isinstance(value, str):
        table = SPECS[field].table
        return table[value].label if table is not None else value
    return number_text(float(f"{value:.3g}"))


def text_in(axis: Axis, params: Mapping[str, Any]) -> str:
    """The value of a field in a trial as a person reads it."""
    return value_text(axis.field, params[axis.field]) if axis.field in params else UNSET


def place_in(axis: Axis, params: Mapping[str, Any]) -> float:
    """The share of the axis where a trial stands."""
    share = axis.share_in(params)
    return UNSET_AT if share is None else share


def spoken(axis: Axis) -> str:
    """Its label within a sentence."""
    return SPECS[axis.field].spoken


def axis_title(axis: Axis) -> str:
    """Its label, with the unit and whether it is logarithmic."""
    spec = SPECS[axis.field]
    label, _, inside = spec.label.removesuffix(")").partition(" (")
    words = [word for word in (inside, spec.unit, LOG if axis.scale == LOG else "") if word]
    return f"{label} ({', '.join(words)})" if words else label


def axis_ticks(axis: Axis) -> tuple[tuple[float, str], ...]:
    """Share and text of each tick, in the order of the axis."""
    if axis.choices:
        values = axis.choices
    elif axis.scale == LOG:
        values = _log_ticks(axis.low, axis.high)
    else:
        values = _linear_ticks(axis.low, axis.high, least_step=1 if SPECS[axis.field].is_whole else 0)
    if len(values) < 2:  # a range too narrow for round numbers
        values = [axis.low, axis.high]
    ticks = ((axis.share_of(value), value_text(axis.field, value)) for value in values)
    return (*ticks, (UNSET_AT, UNSET)) if axis.depends_on else tuple(ticks)


def _log_ticks(low: float, high: float) -> list[float]:
    """Powers of ten, with other digits between them where there are too few, every other one where too many."""
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    for digits in MANTISSAS:
        ticks = [tick for decade in decades for digit in digits if _is_within(tick := digit * 10.0**decade, low, high)]
        if len(ticks) >= 3:
            break
    return ticks[:: max(1, math.ceil(len(ticks) / MOST_TICKS))]


def _linear_ticks(low: float, high: float, least_step: float) -> list[float]:
    """Multiples of 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10((high - low) / MOST_TICKS))
    step = next(power * digit for digit in (1, 2, 5, 10) if (high - low) / (power * digit) <= MOST_TICKS - 1)
    step = max(step, least_step)
    first = math.ceil(low / step - 1e-9)
    return [round(number * step, 12) for number in range(first, math.floor(high / step + 1e-9) + 1)]


def _is_within(value: float, low: float, high: float) -> bool:
    return low * (1 - 1e-9) <= value <= high * (1 + 1e-9)
