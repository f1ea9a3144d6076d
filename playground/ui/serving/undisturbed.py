"""Callbacks that end what they have begun.

Streamlit looks for the browser's next message at every use of the session's state, and where one has come, ends the
script there and then: also a callback, which it takes for one that asked for a rerun. Half of what a press or a choice
does is then done, and nobody does the rest. Seen on the Train page: one choice in some twenty was lost where choices
follow each other faster than answers. A script still ends early where it draws the next element.
"""

from collections.abc import Callable
from functools import wraps

from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState


def let_callbacks_end() -> None:
    """From now on, the session's state may be used without being ended; there is no public way to ask for it."""
    init = SafeSessionState.__init__
    if hasattr(init, "__wrapped__"):
        return

    @wraps(init)
    def quiet_init(self: SafeSessionState, state: SessionState, yield_callback: Callable[[], None]) -> None:
        init(self, state, _go_on)

    SafeSessionState.__init__ = quiet_init  # type: ignore[method-assign]


def _go_on() -> None:
    """In the place of what would end the script."""
