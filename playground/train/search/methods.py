"""Which methods a search uses."""

from typing import Any

from playground.catalog import SEARCH_METHODS
from playground.parsing import ConfigError, checked_value, shown
from playground.spec import Spec

GRID, RANDOM, HALVING, TPE = SEARCH_METHODS
USUAL = (GRID, RANDOM)


def checked_methods(name: str, spec: Spec, value: Any) -> tuple[str, ...]:
    """Rows of SEARCH_METHODS, in its order.

    Args:
        name: of the field, for the sentence.

    Raises:
        ConfigError: for an unknown one, for none at all, and where a method's optional requirement is absent.
    """
    methods = checked_value(name, spec, USUAL, value)
    if not methods:
        raise ConfigError({name: f"must be one or more of {', '.join(SEARCH_METHODS)}, but {shown(value)} came."})
    for method in methods:
        if missing := SEARCH_METHODS[method].missing:
            raise ConfigError({name: f"{method} {missing}"})
    return methods
