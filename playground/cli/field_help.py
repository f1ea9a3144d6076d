"""The Config fields as the help shows them, read from their Specs."""

import textwrap

from playground.config import Config
from playground.fields import SPECS
from playground.parsing import entry_text
from playground.spec import GROUPS, Spec

WIDTH = 100  # characters of a line
INDENT = " " * 6


def fields_help() -> str:
    """Every field with its default, what it does and what is allowed."""
    lines = ["Fields, with their defaults. Some defaults follow the data set, the optimizer or the number of epochs."]
    defaults = {name: info.default for name, info in Config.model_fields.items()}
    for group in GROUPS:
        lines += ["", group]
        for name, spec in SPECS.items():
            if spec.group == group:
                lines += field_lines(name, spec, defaults[name])
    return "\n".join(["", *lines])


def field_lines(name: str, spec: Spec, default: object) -> list[str]:
    unit = f" ({spec.unit})" if spec.unit else ""
    sentence = f"{spec.help} It {spec.rule}{unit}."
    wrapped = textwrap.wrap(sentence, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT, break_on_hyphens=False)
    return [f"  {name}={as_text(default)}", *wrapped]


def as_text(value: object) -> str:
    """A field's value as it is written after KEY=."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ",".join(map(entry_text, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
