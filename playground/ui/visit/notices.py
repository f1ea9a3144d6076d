"""What was refused or put back, as a page says it."""

import streamlit as st

from playground.ui.words import plain

MAX_NOTICES = 4


def show_notices(notices: list[str]) -> None:
    """What was refused or put back; nothing where nothing was."""
    if notices:
        more = [f"And {len(notices) - MAX_NOTICES} more."] if len(notices) > MAX_NOTICES else []
        st.warning("\n\n".join(map(plain, notices[:MAX_NOTICES] + more)))
