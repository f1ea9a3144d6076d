"""Values that nobody sensible would send, drawn without end from a seed."""

import random
import string
from typing import Any

from playground.fields import SPECS
from tests.aids.choices import random_value

STRANGE_TEXTS = (
    "",
    " ",
    "\x00",
    "\ud800",
    "nan",
    "-inf",
    "1e999",
    "٣",
    "0x10",
    "1_000",
    "__class__",
    "<script>alert(1)</script>",
    "![](//example.org/x)",
    "{{7*7}}",
    "$(id)",
    "../../etc/passwd",
    "a" * 300,
    "1" * 5_000,
    "8," * 60,
    "0:1,0:1",
    "\n",
    "é\u0301",
)
STRANGE_NUMBERS = (0, -0.0, -1, 0.5, 1e308, -1e308, 5e-324, 2**31, 2**63, 10**400, float("nan"), float("inf"))
STRANGE_THINGS = (None, True, False, b"bytes", object(), int, ..., set(), 1j, range(3))
FIELDS = (*SPECS, "no_such_field", "version", "", "self", "__init__", "Learning_Rate", "model_config")


def strange_text(rng: random.Random) -> str:
    """A known trap, printable noise, or any characters at all."""
    if rng.random() < 0.5:
        return rng.choice(STRANGE_TEXTS)
    alphabet = string.printable if rng.random() < 0.5 else [chr(rng.randrange(0x11_0000)) for _ in range(8)]
    return "".join(rng.choices(alphabet, k=rng.randrange(20)))


def strange_value(rng: random.Random, depth: int = 0, things: tuple[Any, ...] = STRANGE_THINGS) -> Any:
    """A text, a number, a thing, or a list or dictionary of such.

    Args:
        things: what may come besides texts and numbers.
    """
    kind = rng.random()
    if kind < 0.35:
        return strange_text(rng)
    if kind < 0.65:
        return rng.choice(STRANGE_NUMBERS) if rng.random() < 0.7 else rng.uniform(-1e6, 1e6)
    if kind < 0.8 or depth == 3:
        return rng.choice(things)
    inner = [strange_value(rng, depth + 1, things) for _ in range(rng.randrange(5))]
    return inner if kind < 0.9 else tuple(inner) if kind < 0.95 else {strange_text(rng): value for value in inner}


def strange_fields(rng: random.Random, things: tuple[Any, ...] = STRANGE_THINGS) -> dict[str, Any]:
    """Some Config fields, a few of them with values that the field allows alone."""
    names = [*rng.sample(FIELDS, rng.randrange(1, 8)), *([strange_text(rng)] if rng.random() < 0.2 else [])]
    return {
        name: random_value(name, rng) if name in SPECS and rng.random() < 0.4 else strange_value(rng, things=things)
        for name in names
    }
