"""From what came to a checked value, or to one clear sentence: the rule, what came, the way out."""

import math
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from playground.registry import MAX_SHOWN, UnknownName, did_you_mean
from playground.spec import Spec, number_text

TRUE, FALSE = {"true", "1", "yes", "on"}, {"false", "0", "no", "off"}


class ConfigError(ValueError):
    """Field values that cannot be used.

    Args:
        problems: field -> one sentence, without the field's name.
    """

    def __init__(self, problems: Mapping[str, str]):
        self.problems = dict(problems)
        super().__init__(" ".join(f"{shown_name(name)}: {problem}" for name, problem in problems.items()))


def shown(value: object) -> str:
    """A value as an error repeats it: quoted, in one line, cut to a bearable length."""
    text = repr(value)
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}..."


def shown_name(name: str) -> str:
    """A field's name as an error repeats it; one that could be no field's is shown as a value is."""
    return name if name.isidentifier() and len(name) <= MAX_SHOWN else shown(name)


def entry_text(entry: Any) -> str:
    """One value of a sequence as a person writes it."""
    return ":".join(map(number_text, entry)) if isinstance(entry, tuple) else str(entry)


def value_text(value: Any) -> str:
    """A value of a field as a person writes it."""
    return ",".join(map(entry_text, value)) or "none" if isinstance(value, tuple) else str(value)


def refusal(name: str, sentence: str) -> PydanticCustomError:
    """What a validator raises so that the sentence reaches a person under that field's name."""
    return PydanticCustomError("refused", "{sentence}", {"sentence": sentence, "field": name})


def parse_value(name: str, spec: Spec, default: Any, value: Any) -> Any:
    """The value as the field keeps it.

    Raises:
        PydanticCustomError: with one sentence.
    """
    try:
        if spec.table is not None or spec.choices:
            return _choices(spec, value) if spec.is_sequence else _choice(spec, value)
        if spec.low is None:
            return _switch(value)
        if spec.is_pairs:
            return _pairs(spec, value)
        if spec.is_sequence:
            return _sequence(spec, value)
        return _number(spec, value, whole=isinstance(default, int))
    except UnknownName as error:
        raise refusal(name, str(error)) from None
    except (ValueError, TypeError, OverflowError):
        raise refusal(name, f"{spec.rule}, but {shown(value)} came.") from None


def checked_value(name: str, spec: Spec, default: Any, value: Any) -> Any:
    """As `parse_value`, for fields of jobs, which no model of pydantic checks.

    Raises:
        ConfigError: with one sentence.
    """
    try:
        return parse_value(name, spec, default, value)
    except PydanticCustomError as error:
        raise ConfigError({name: error.message()}) from None


def _choice(spec: Spec, value: Any) -> str:
    if not isinstance(value, str) or (spec.choices and value not in spec.choices):
        raise ValueError
    return value if spec.table is None else spec.table[value[:MAX_SHOWN]].name


def _choices(spec: Spec, value: Any) -> tuple[str, ...]:
    names = dict.fromkeys(_choice(spec, entry) for entry in _entries(value))  # in order, each once
    return tuple(name for name in spec.table if name in names)  # type: ignore[union-attr]


def _switch(value: Any) -> bool:
    word = str(value).lower()
    if word not in TRUE | FALSE:
        raise ValueError
    return word in TRUE


def _entries(value: Any) -> list[Any]:
    if isinstance(value, str):
        return [] if value.strip().lower() in {"", "none"} else [entry.strip() for entry in value.split(",")]
    if not isinstance(value, (list, tuple)):
        return [value]
    return list(value)


def _sequence(spec: Spec, value: Any) -> tuple[int, ...]:
    return tuple(_number(spec, entry, whole=True) for entry in _counted(spec, value))


def _pairs(spec: Spec, value: Any) -> tuple[tuple[float, float], ...]:
    pairs = [entry.split(":") if isinstance(entry, str) else entry for entry in _counted(spec, value)]
    if not all(isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in pairs):
        raise ValueError
    points = tuple((_bounded(first, 0, 1), _number(spec, second, whole=False)) for first, second in pairs)
    if any(later <= earlier for (earlier, _), (later, _) in pairwise(points)):
        raise ValueError
    return points


def _counted(spec: Spec, value: Any) -> list[Any]:
    entries = _entries(value)
    if not spec.min_length <= len(entries) <= spec.max_length:
        raise ValueError
    return entries


def _bounded(value: Any, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise TypeError
    number = float(value)
    if not math.isfinite(number) or not low <= number <= high:
        raise ValueError
    return number


def _number(spec: Spec, value: Any, *, whole: bool) -> Any:
    number = _bounded(value, spec.low, spec.high)  # type: ignore[arg-type]
    if whole and number != int(number):
        raise ValueError
    return int(number) if whole else number


def unknown_fields(names: Iterable[str], known: Mapping[str, Any]) -> dict[str, str]:
    """Each name that is no field -> one sentence."""
    guesses = {name: did_you_mean(name[:MAX_SHOWN], known) for name in names if name not in known}
    return {name: f"there is no such field. {guess}" for name, guess in guesses.items()}


def problems_of(error: ValidationError) -> dict[str, str]:
    """Field -> one sentence, from what pydantic collected."""
    problems = {}
    for detail in error.errors(include_url=False):
        context = detail.get("ctx", {})
        name = str(context.get("field") or (detail["loc"][0] if detail["loc"] else "config"))
        problems[name] = str(context.get("sentence") or detail["msg"])
    return problems
