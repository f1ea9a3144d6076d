"""What the controls of a page may hold: the checks of values that come from an address."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from playground.fields import SPECS
from playground.link import MAX_TEXT
from playground.parsing import parse_value
from playground.spec import Spec
from playground.ui.fields.widgets import to_widget

Check = Callable[[Any], Any]  # what came from an address -> what the control holds; ValueError where it cannot


def plain(value: Any) -> Any:
    """The value as an address holds it."""
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value


def one_of(options: Iterable[Any]) -> Check:
    known = list(options)

    def check(came: Any) -> Any:
        found = [one for one in known if _is_same(one, came)]
        return found[0] if found else _refuse()

    return check


def some_of(options: Collection[Any], *, most: int | None = None) -> Check:
    """Several of them, each once."""

    def check(came: Any) -> list[Any]:
        if not isinstance(came, list) or len(came) > (most or len(options)):
            _refuse()
        names = [one_of(options)(one) for one in came]
        return names if len(set(names)) == len(names) else _refuse()

    return check


def span_of(end: Check) -> Check:
    """Two numbers in order, each of which passes a check."""

    def check(came: Any) -> tuple[Any, Any]:
        first, last = map(end, came)
        return (first, last) if first <= last else _refuse()

    return check


def number(low: float, high: float) -> Check:
    def check(came: Any) -> Any:
        is_number = isinstance(came, int | float) and not isinstance(came, bool)
        return came if is_number and low <= came <= high else _refuse()

    return check


def switch(came: Any) -> bool:
    return came if isinstance(came, bool) else _refuse()


def text(came: Any) -> str:
    return came if isinstance(came, str) and len(came) <= MAX_TEXT else _refuse()


def fits(name: str, spec: Spec | None, start: Any, low: float | None = None, high: float | None = None) -> Check:
    """What the control of a Spec may hold, as `to_widget` makes it."""
    spec = spec or SPECS[name]
    bounds = [bound for bound in (low, high) if bound is not None]

    def check(came: Any) -> Any:
        value = parse_value(name, spec, start, came)
        if len(bounds) == 2 and not low <= value <= high:
            _refuse()
        return to_widget(spec, type(start)(value) if isinstance(start, int | float) else value)

    return check


def _is_same(one: Any, came: Any) -> bool:
    return plain(one) == plain(came) and isinstance(one, bool) is isinstance(came, bool)


def _refuse() -> Any:
    raise ValueError
