"""The address bar: the Config, the run, the place on the page, and what the browser's Back means."""

from dataclasses import dataclass, field

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from playground.link import PARAMETER, PLACE, decode, encode
from playground.ui.place import place
from playground.ui.visit import run, session

_CONFIG, _PLACE, _REFUSED = "said_of_config", "said_of_place", "refused_link"


@dataclass
class Said:
    """What one parameter of the address said last.

    Args:
        code: its value; None before the first visit.
        bare_pages: pages on which an address without it stood for the default. The menu opens pages with a bare
            address, which says nothing; Back leads to one that does.
    """

    code: str | None = None
    bare_pages: set[str] = field(default_factory=set)

    def says_anew(self, page: str, code: str) -> bool:
        """Whether the address is to be followed: on a first visit, and after the browser's Back or Forward.

        At other times it may be older than the page: a click overtakes the answer to the click before it.
        """
        if self.code is None or (is_back_or_forward() and (code or page in self.bare_pages)):
            self.code = code  # a run that is cut short writes nothing, and the next one is no first visit
            return True
        if not code and self.code:
            self.bare_pages.discard(page)
        return False

    def write(self, page: str, code: str) -> None:
        self.code = code
        if not code:
            self.bare_pages.add(page)


def _said(key: str) -> Said:
    return st.session_state.setdefault(key, Said())


def open_address(page: str) -> None:
    """Take over the Config and the place that the address bar says.

    Args:
        page: path of the page.
    """
    code = st.query_params.get(PARAMETER, "")
    if _said(_CONFIG).says_anew(page, code):
        config, problems = decode(code)
        sentences = session.sentences(problems)
        session.take_config(config, sentences)
        st.session_state[_REFUSED] = page, sentences
    code, here = st.query_params.get(PLACE, ""), place.enter(page)
    if _said(f"{_PLACE}_{page}").says_anew(page, code):
        here.open(code)


def refused(page: str) -> list[str]:
    """What the link that led to this page says in vain, until the Config is another.

    For pages without the form, which says it itself.
    """
    where, sentences = st.session_state.get(_REFUSED, ("", []))
    return sentences if (where, sentences) == (page, session.notices()) else []


def is_back_or_forward() -> bool:
    """Whether the browser's Back or Forward led here; Streamlit knows it but has no public word for it."""
    return getattr(get_script_run_ctx(), "is_history_navigation", False)


def follow_page() -> None:
    """Write the address of the page that is shown: an `on_change` of what is drawn again without the page."""
    if _CONFIG in st.session_state:  # the router has opened one
        write_address(place.page())


def write_address(page: str) -> list[str]:
    """Make the address bar say the Config, the place and the run; defaults and a preview need no words.

    Returns: what the address says in vain about the place.
    """
    config, here = encode(session.current_config()), place.place_of(page)
    code = here.code()
    _said(_CONFIG).write(page, config)
    _said(f"{_PLACE}_{page}").write(page, code)
    words = {PARAMETER: config, PLACE: code, run.PARAMETER: run.token(), **here.runs}
    wanted = {name: value for name, value in words.items() if value}
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)  # all at once: one step of the browser's history
    return here.notices(code)
