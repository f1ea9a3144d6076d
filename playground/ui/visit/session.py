"""What one visitor has chosen: a frozen Config."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from playground.config import Config
from playground.fields import SPECS
from playground.link import WHOLE
from playground.parsing import ConfigError, shown_name
from playground.ui.fields.hands import take_hands

_CONFIG, _NOTICES, _PROBLEMS = "config", "notices", "field_problems"


def current_config() -> Config:
    """With all that was done in the browser so far, also where a button's press comes before its news."""
    take_hands()
    return st.session_state[_CONFIG]


def take_config(config: Config, notices: Sequence[str] = ()) -> None:
    """Make this the visitor's Config; the form follows and shows the notices."""
    st.session_state[_CONFIG] = config
    say(notices)


def say(notices: Sequence[str], problems: Mapping[str, str] | None = None) -> None:
    """What the form says from now on.

    Args:
        problems: field -> one sentence, to be shown beside it.
    """
    st.session_state[_NOTICES] = list(notices)
    st.session_state[_PROBLEMS] = dict(problems or {})


def sentences(problems: Mapping[str, str]) -> list[str]:
    """Problems of Config fields, or of a whole link, as a person reads them."""
    labels = {WHOLE: ""} | {name: f"{spec.label}: " for name, spec in SPECS.items()}
    return [f"{labels.get(name, f'{shown_name(name)}: ')}{problem}" for name, problem in problems.items()]


def change_field(name: str, value: Any) -> bool:
    """Change one field of the Config; says whether it was possible.

    Defaults that depend on the field follow it. A field that no longer fits goes back to its default, and the form
    says so; where that does not help, nothing is changed.
    """
    try:
        take_config(current_config().replace(**{name: value}))
        return True
    except ConfigError as error:
        problems = dict(error.problems)
    others = {field: v for field, v in current_config().changes().items() if field not in problems}
    is_changed = name not in problems
    if is_changed:
        try:
            take_config(Config.parse({**others, name: value}))
        except ConfigError:
            is_changed = False
    outcome = "It is back at its default." if is_changed else "Nothing was changed."
    refused = {} if is_changed else {name: f"It {problems.get(name, 'does not fit the other settings.')}"}
    say([f"{sentence} {outcome}" for sentence in sentences(problems)], refused)
    return is_changed


def notices() -> list[str]:
    """Sentences about what was refused or put back, for the form to show."""
    return st.session_state.get(_NOTICES, [])


def problems() -> dict[str, str]:
    """Field -> what was wrong with the value that was refused, for the form to show beside it."""
    return st.session_state.get(_PROBLEMS, {})
