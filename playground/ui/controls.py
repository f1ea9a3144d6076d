"""The buttons of a run and their shortcuts."""

import streamlit as st

from playground.engine import View
from playground.ui import run

PAUSE_WIDTH = 104  # pixels; "Pause" and "Resume" take the same room


def show_controls(seen: View) -> None:
    """Buttons for the run as it was seen."""
    is_open, is_ready = seen.status in run.OPEN and run.is_steered_here(seen), run.is_preview()
    is_paused = seen.status == "paused" and not is_ready
    st.button("Train", type="primary", shortcut="T", on_click=run.train, key="train", help="Start from step 0.")
    st.button(
        "Resume" if is_paused else "Pause",
        shortcut="P",
        on_click=run.pause_or_resume,
        disabled=is_ready or not is_open,
        key="pause",
        width=PAUSE_WIDTH,
        help="Hold the run, or go on where it stands.",
    )
    st.button("Step", shortcut="S", on_click=run.one_step, disabled=not is_open, key="step", help="One update.")
    st.button("Epoch", shortcut="E", on_click=run.one_epoch, disabled=not is_open, key="epoch", help="One pass.")
    st.button(
        "Stop", shortcut="X", on_click=run.stop, disabled=is_ready or not is_open, key="stop", help="End the run here."
    )
    st.button("Reset", shortcut="0", on_click=run.preview, key="reset", help="Back to the same first weights.")
    st.button("New seed", shortcut="N", on_click=run.new_seed, key="seed", help="Other data and other weights.")
