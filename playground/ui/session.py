"""What one visitor has chosen: a frozen Config, kept in step with the address bar."""

from typing import Any

import streamlit as st

from playground.config import Config
from playground.link import PARAMETER, decode, encode
from playground.parsing import ConfigError

_CONFIG, _LINK, _NOTICES = "config", "link", "notices"


def open_link() -> None:
    """Take over the Config of the address bar when it says something new: a first visit, or the browser's Back."""
    code = st.query_params.get(PARAMETER, "")
    is_first_run = _CONFIG not in st.session_state
    if is_first_run or (code and code != st.session_state[_LINK]):
        config, problems = decode(code)
        st.session_state[_NOTICES] = [f"{name}: {problem}" for name, problem in problems.items()]
        st.session_state[_CONFIG] = config
        st.session_state[_LINK] = code


def write_link() -> None:
    """Make the address bar say the Config; the default Config needs no words."""
    code = encode(current_config())
    st.session_state[_LINK] = code
    if code:
        if st.query_params.get(PARAMETER) != code:
            st.query_params[PARAMETER] = code
    elif PARAMETER in st.query_params:
        del st.query_params[PARAMETER]


def current_config() -> Config:
    return st.session_state[_CONFIG]


def take_config(config: Config) -> None:
    """Make this the visitor's Config; the form follows."""
    st.session_state[_CONFIG] = config
    st.session_state[_NOTICES] = []


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
    try:
        if name in problems:
            raise ConfigError(problems)
        take_config(Config.parse({**others, name: value}))
        outcome = "It is back at its default."
    except ConfigError:
        outcome = "Nothing was changed."
    st.session_state[_NOTICES] = [f"{field}: {problem} {outcome}" for field, problem in problems.items()]
    return outcome != "Nothing was changed."


def notices() -> list[str]:
    """Sentences about what was refused or put back, for the form to show."""
    return st.session_state.get(_NOTICES, [])
