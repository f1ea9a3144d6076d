"""What the environment says of a server: each setting is one variable and one row of one table."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from playground.fields import SPECS
from playground.parsing import shown


def highest(name: str) -> int:
    """The highest value of a Config field; a server may allow less, but not more."""
    return int(SPECS[name].high or 0)


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One environment variable.

    Args:
        label: what it sets.
        low, high: bounds of a whole number, or of the length of a text.
        default: None where `otherwise` says what holds.
        otherwise: the default in words.
        is_text: whether it is a text, which is never repeated: it may be secret.
        way_out: what a person can do who comes to the limit.
    """

    label: str
    low: int
    high: int
    default: int | None = None
    otherwise: str = ""
    is_text: bool = False
    way_out: str = ""

    @property
    def rule(self) -> str:
        return f"a text of {self.low} to {self.high} characters" if self.is_text else f"a whole number {self.bounds}"

    @property
    def bounds(self) -> str:
        return f"from {self.low} to {self.high}"

    def parse(self, variable: str, text: str) -> int | str:
        """What the variable says.

        Raises:
            ValueError: if it breaks the rule.
        """
        if self.is_text:
            value: int | str | None = text if self.low <= len(text) <= self.high and text.isprintable() else None
        else:
            is_number = text.isascii() and text.isdigit() and len(text) <= len(str(self.high))
            value = int(text) if is_number and self.low <= int(text) <= self.high else None
        if value is None:
            came = f"{len(text)} characters" if self.is_text else shown(text)
            raise ValueError(f"{variable} must be {self.rule}, got {came}; unset it for the default.")
        return value

    def refusal(self, limit: int, came: int) -> str:
        """The sentence for a person who asks for too much."""
        return f"{self.label} must be at most {limit:,} on this server, but {came:,} came; {self.way_out}."


SETTINGS: dict[str, Setting] = {
    "workers": Setting(label="Worker processes", low=1, high=256, otherwise="one for each core"),
    "max_jobs": Setting(
        label="Unfinished runs that are looked at, paused ones included", low=1, high=10_000, default=128
    ),
    "jobs_per_session": Setting(label="Unfinished runs of one session", low=1, high=1_000, default=4),
    "queue_length": Setting(label="Runs that may wait for a place", low=0, high=10_000, default=32),
    "max_seconds": Setting(label="Seconds that a run may compute", low=1, high=1_000_000, default=3_600),
    "pause_after": Setting(label="Seconds until a run that nobody looks at rests", low=2, high=100, default=20),
    "max_parameters": Setting(
        label="Parameters of all networks of a run",
        low=1_000,
        high=1_000_000_000,
        default=10_000_000,
        way_out="take fewer or narrower layers, or fewer runs",
    ),
    "max_layers": Setting(
        label="Hidden layers and convolutions of a network",
        low=1,
        high=SPECS["hidden_sizes"].max_length + SPECS["conv_channels"].max_length,
        default=SPECS["hidden_sizes"].max_length + SPECS["conv_channels"].max_length,
        way_out="take fewer",
    ),
    "max_samples": Setting(
        label="Samples", low=20, high=highest("num_samples"), default=highest("num_samples"), way_out="take fewer"
    ),
    "max_epochs": Setting(
        label="Epochs", low=1, high=highest("num_epochs"), default=highest("num_epochs"), way_out="take fewer"
    ),
    "access_code": Setting(
        label="Code that a visitor must know", low=6, high=64, otherwise="none: everybody may come in", is_text=True
    ),
}


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return f"PLAYGROUND_{name.upper()}"


def given(environment: Mapping[str, str] = os.environ) -> dict[str, int | str]:
    """The settings that the environment gives; an empty variable gives none.

    Raises:
        ValueError: if a variable breaks the rule of its setting.
    """
    texts = {name: environment.get(variable(name), "").strip() for name in SETTINGS}
    return {name: SETTINGS[name].parse(variable(name), text) for name, text in texts.items() if text}
