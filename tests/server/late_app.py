"""The app on a server that is always late: while a page is drawn, a look asked for meanwhile waits until it is.

What the page has drawn then waits as well, and Streamlit drops it for the sake of the look.
"""

import streamlit as st
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession

from app import lifespan
from playground.ui.router import SCRIPT

DRAW_SECONDS = 10.0

in_time = AppSession.request_rerun


def late(session: AppSession, state: ClientState | None) -> None:
    if state is not None and state.fragment_id and session._scriptrunner is not None:
        session._scriptrunner._script_thread.join(DRAW_SECONDS)
    in_time(session, state)


AppSession.request_rerun = late
app = st.App(SCRIPT, lifespan=lifespan)
