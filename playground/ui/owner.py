"""Who a visitor is to the engine."""

import secrets

import streamlit as st

_OWNER = "owner"


def session_owner() -> str:
    """A name for this session that nobody can guess; limits on jobs go by it."""
    return st.session_state.setdefault(_OWNER, secrets.token_urlsafe())
