"""Axis: one Config field that a search tries, and where on it a value lies."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playground.fields import SPECS

LINEAR, LOG = SCALES = ("linear", "log")


@dataclass(frozen=True)
class Axis:
    """One field of a search.

    Args:
        low, high: of the range; 0 and 0 for a choice.
        scale: "linear" or "log".
        choices: what is tried instead of a range.
        depends_on: a field of the space with choices; "" for none. Trials with others of its choices than `only_for` do
            not set this field, which then is as in the search's Config.
        only_for: those choices.
    """

    field: str
    low: float = 0
    high: float = 0
    scale: str = LINEAR
    choices: tuple[str, ...] = ()
    depends_on: str = ""
    only_for: tuple[str, ...] = ()

    def is_active(self, params: Mapping[str, Any]) -> bool:
        """Whether a trial with these values of the other fields sets this one."""
        return not self.depends_on or params.get(self.depends_on) in self.only_for

    def value_at(self, share: float) -> Any:
        """The field's value at this share of the axis, in [0, 1); each whole number has a part of its own."""
        if self.choices:
            return self.choices[min(int(share * len(self.choices)), len(self.choices) - 1)]
        is_whole = SPECS[self.field].is_whole
        margin = 0.5 if is_whole else 0.0  # so that the part of the first and of the last number is no half
        low, high = self.low - margin, self.high + margin
        if self.scale == LOG:
            value = math.exp(math.log(low) + share * (math.log(high) - math.log(low)))
        else:
            value = low + share * (high - low)
        if is_whole:
            value = math.floor(value + 0.5)  # round() would take 1.5 and 2.5 to the same number
        value = min(max(value, self.low), self.high)  # rounding may leave the range
        return int(value) if is_whole else value

    def share_of(self, value: Any) -> float:
        """Where on the axis a value lies, in [0, 1]; the middle of its part for a choice."""
        if self.choices:
            return (self.choices.index(value) + 0.5) / len(self.choices)
        if self.scale == LOG:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def share_in(self, params: Mapping[str, Any]) -> float | None:
        """Where on the axis a trial lies; None where it does not set the field."""
        return self.share_of(params[self.field]) if self.field in params else None
