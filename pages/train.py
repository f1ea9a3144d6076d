"""Train: choose a network, press Train and watch it learn."""

import streamlit as st

from playground.ui.training.controls import HELP, show_controls
from playground.ui.training.form import hint, show_form
from playground.ui.training.live import show_run
from playground.ui.visit import run

run.open_run()
seen = run.view()
show_form()
with st.container(horizontal=True, vertical_alignment="center"):
    st.title("Train a network", anchor=False, width="content", help=HELP)
    with st.container(horizontal=True, gap="xsmall", width="content"):
        show_controls(seen)
show_run(seen, hint())
