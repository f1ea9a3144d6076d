"""From a lesson to the Train page."""

from pathlib import Path

import streamlit as st

from playground.config import Config
from playground.link import PARAMETER, encode
from playground.ui.visit import session

TRAIN_PAGE = Path(__file__).resolve().parents[2] / "pages" / "train.py"


def try_on_train(config: Config, *, key: str, label: str = "Try it on Train") -> None:
    """A button that opens the Train page with this Config."""
    if st.button(label, key=key, icon=":material/model_training:", help="Opens the Train page with these settings."):
        session.take_config(config)
        code = encode(config)
        # The link is whole at once, so that one Back leads here again.
        st.switch_page(TRAIN_PAGE, query_params={PARAMETER: code} if code else None)
