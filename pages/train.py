"""Train: choose a network, press Train and watch it learn."""

import streamlit as st

from playground.ui import run
from playground.ui.controls import HELP, show_controls
from playground.ui.form import hint, show_form
from playground.ui.live import show_run

run.open_run()
seen = run.view()
show_form()
with st.container(horizontal=True, vertical_alignment="center"):
    st.title("Train a network", anchor=False, width="content", help=HELP)
    with st.container(horizontal=True, gap="xsmall", width="content"):
        show_controls(seen)
show_run(seen, hint())
