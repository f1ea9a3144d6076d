"""The session's state is used to the end of a callback, whatever the browser sends meanwhile."""

import pytest
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState

from playground.ui.serving.undisturbed import let_callbacks_end


class NextMessage(Exception):
    """Has come."""


def come():
    raise NextMessage


def test_streamlit_alone_ends_a_callback_where_it_uses_the_state():
    with pytest.raises(NextMessage):
        SafeSessionState(SessionState(), come)["chosen"] = 1


def test_a_callback_may_use_the_state_although_the_next_message_has_come(monkeypatch):
    monkeypatch.setattr(SafeSessionState, "__init__", SafeSessionState.__init__)  # put back at the end
    let_callbacks_end()
    let_callbacks_end()
    state = SafeSessionState(SessionState(), come)
    state["chosen"] = 1
    assert state["chosen"] == 1 and "chosen" in state
