"""The address bar: the Config, the run, and what the browser's Back means."""

import streamlit as st

from playground.link import PARAMETER, decode, encode
from playground.ui import run, session

_WRITTEN, _PAGE, _BARE = "written_link", "page", "bare_pages"


def open_address(page: str) -> None:
    """Take over the Config of the address bar when it says something new: a first visit, or the browser's Back.

    Args:
        page: path of the page. The menu opens pages with a bare address, which says nothing; on the page where one is,
            Back leads to a bare address where it once stood for the default Config.
    """
    code = st.query_params.get(PARAMETER, "")
    is_first_visit = _WRITTEN not in st.session_state
    is_back = not code and st.session_state.get(_PAGE) == page and page in st.session_state.get(_BARE, ())
    if is_first_visit or ((code or is_back) and code != st.session_state[_WRITTEN]):
        config, problems = decode(code)
        session.take_config(config, session.sentences(problems))
    elif not code and st.session_state[_WRITTEN]:
        st.session_state[_BARE].discard(page)
    st.session_state[_PAGE] = page


def write_address() -> None:
    """Make the address bar say the Config and the run; the default Config and a preview need no words."""
    code = encode(session.current_config())
    st.session_state[_WRITTEN] = code
    if not code:
        st.session_state.setdefault(_BARE, set()).add(st.session_state[_PAGE])
    wanted = {name: value for name, value in ((PARAMETER, code), (run.PARAMETER, run.token())) if value}
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)  # both at once: one step of the browser's history
