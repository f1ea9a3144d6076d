"""What a person needs to know of one Config field: its bounds, label, help and unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import Field
from pydantic.fields import FieldInfo

from playground.registry import Row, Table

DATA, NETWORK, TRAINING, REGULARIZATION = GROUPS = ("Data", "Network", "Training", "Regularization")


def number_text(value: float) -> str:
    """Shortest text that reads back as the same number: 1e-5, not 1e-05."""
    short = f"{value:g}"
    text = short if float(short) == value else repr(value)
    return text.replace("e-0", "e-").replace("e+0", "e").replace("e+", "e")


def listed(words: Sequence[str]) -> str:
    """One word or more in a sentence: a, b and c."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


@dataclass(frozen=True, kw_only=True)
class Spec:
    """One Config field as a person meets it.

    Args:
        label, help: for the form; the help is one sentence with a usual range.
        group: one of GROUPS.
        unit: of the value, "" for none.
        low, high: bounds, of each entry for a sequence; None for a choice or a switch.
        is_whole: only whole numbers; `spec_field` sees it from the default.
        table: rows to choose from; None for a number or a switch.
        choices: the same for a few fixed words that are no technique.
        is_sequence: several values.
        is_pairs: each of them a pair fraction:factor; the fractions rise within [0, 1], low and high bound the factors.
        min_length, max_length: of a sequence.
        step: what the form's plus and minus add.
        log_scale: whether usual values go in factors of ten.
        is_live: whether a running training takes a change without starting again.
    """

    label: str
    help: str
    group: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    is_whole: bool = False
    table: Table[Row] | None = None
    choices: tuple[str, ...] = ()
    is_sequence: bool = False
    is_pairs: bool = False
    min_length: int = 0
    max_length: int = 0
    step: float = 1
    log_scale: bool = False
    is_live: bool = False

    @property
    def spoken(self) -> str:
        """The label within a sentence: with a small first letter, unless its first word has capitals of its own."""
        first_word = self.label.split()[0]
        return self.label[0].lower() + self.label[1:] if first_word[1:].islower() else self.label

    @property
    def rule(self) -> str:
        """What a value must be, as the end of a sentence."""
        if self.choices:
            return f"must be one of {', '.join(self.choices)}"
        if self.table is not None:
            names = f"rows of {self.table.name}: {', '.join(self.table)}"
            return f"must be a comma-separated list of {names}" if self.is_sequence else f"must be one of the {names}"
        if self.low is None:
            return "must be true or false"
        bounds = f"from {number_text(self.low)} to {number_text(self.high)}"
        if self.is_pairs:
            pairs = f"{self.min_length} to {self.max_length} pairs fraction:factor"
            return f"must be {pairs}, fractions rising within 0 to 1, factors {bounds}, such as 0:1,1:0.1"
        if self.is_sequence:
            return f"must be at most {self.max_length} comma-separated whole numbers {bounds}, such as 8,8"
        return f"must be a {'whole ' if self.is_whole else ''}number {bounds}"


def spec_field(default: Any, **spec: Any) -> Any:
    """A pydantic field that carries its Spec."""
    is_whole = isinstance(default, int) and not isinstance(default, bool)
    return Field(default, json_schema_extra={"spec": Spec(is_whole=is_whole, **spec)})


def spec_of(field: FieldInfo) -> Spec:
    return field.json_schema_extra["spec"]  # type: ignore[index,return-value]
