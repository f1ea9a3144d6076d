"""The usual way: Streamlit's default settings and `st.altair_chart`.

Two curves and three figures, twice a second. That is less than the Train page shows, and nothing trains beside it.
"""

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

ROWS = 300
LOOK_SECONDS = 0.5  # as often as the Train page


@st.fragment(run_every=LOOK_SECONDS)
def show_moment() -> None:
    st.session_state["epoch"] = epoch = st.session_state.get("epoch", 0) + 1
    rows = np.arange(ROWS)
    for column, name in zip(st.columns(3), ("Loss", "Accuracy", "Epoch"), strict=True):
        column.metric(name, epoch)
    for name in ("loss", "accuracy"):
        values = np.exp(-rows / 100) + 0.01 * np.sin(rows + epoch)
        curve = pd.DataFrame({"epoch": rows + epoch, name: values})
        st.altair_chart(alt.Chart(curve).mark_line().encode(x="epoch:Q", y=f"{name}:Q"))


st.title("The usual way")
show_moment()
