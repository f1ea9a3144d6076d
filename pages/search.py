"""Search: a grid against random trials, live."""

import streamlit as st

from playground.ui.search.form import show_search_form
from playground.ui.search.live import show_buttons, show_plan, show_search
from playground.ui.search.stages import opened_stage, show_stages, show_zoom

stage = opened_stage()
job = show_search_form()
with st.container(horizontal=True, vertical_alignment="center"):
    st.title("Search for good values", anchor=False, width="content")
    with st.container(horizontal=True, gap="xsmall", width="content"):
        status = show_buttons(job, stage)
        show_zoom(stage)
st.write(
    "Every method may spend the same number of epochs. Look at the strips: how many values of each hyperparameter does "
    "it try?"
)
if stage is not None:
    show_stages(stage)
    show_search(stage, job, status)
else:
    show_plan(job)
