"""Train: choose a network, press Train and watch it learn."""

import streamlit as st

from playground.ui.form import preset_sentence, show_form
from playground.ui.live import show_run
from playground.ui.run import open_run

st.title("Train", anchor=False)
open_run()
show_form()
st.markdown(preset_sentence())
show_run()
