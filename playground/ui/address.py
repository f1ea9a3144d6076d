"""The address bar: the Config, the run, and what the browser's Back means."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from playground.link import PARAMETER, decode, encode
from playground.ui import run, session

_WRITTEN, _BARE, _REFUSED = "written_link", "bare_pages", "refused_link"


def open_address(page: str) -> None:
    """Take over the Config of the address bar on a first visit, and after the browser's Back or Forward.

    At other times the address may be older than the form: a click overtakes the answer to the click before it.

    Args:
        page: path of the page. The menu opens pages with a bare address, which says nothing; on the page where one is,
            Back leads to a bare address where it once stood for the default Config.
    """
    code = st.query_params.get(PARAMETER, "")
    is_first_visit = _WRITTEN not in st.session_state
    bare_pages = st.session_state.setdefault(_BARE, set())
    if is_first_visit or (is_back_or_forward() and (code or page in bare_pages)):
        config, problems = decode(code)
        sentences = session.sentences(problems)
        session.take_config(config, sentences)
        st.session_state[_REFUSED] = page, sentences
    elif not code and st.session_state[_WRITTEN]:
        bare_pages.discard(page)


def refused(page: str) -> list[str]:
    """What the link that led to this page says in vain, until the Config is another.

    For pages without the form, which says it itself.
    """
    where, sentences = st.session_state.get(_REFUSED, ("", []))
    return sentences if (where, sentences) == (page, session.notices()) else []


def is_back_or_forward() -> bool:
    """Whether the browser's Back or Forward led here; Streamlit knows it but has no public word for it."""
    return getattr(get_script_run_ctx(), "is_history_navigation", False)


def write_address(page: str) -> None:
    """Make the address bar say the Config and the run; the default Config and a preview need no words."""
    code = encode(session.current_config())
    st.session_state[_WRITTEN] = code
    if not code:
        st.session_state[_BARE].add(page)
    wanted = {name: value for name, value in ((PARAMETER, code), (run.PARAMETER, run.token())) if value}
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)  # both at once: one step of the browser's history
