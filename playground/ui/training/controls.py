"""The buttons of a run and their shortcuts."""

import streamlit as st

from playground.engine import Command, View
from playground.ui.visit import run

MAIN_WIDTH = 104  # pixels; "Train", "Pause" and "Resume" take the same room
HELP = (
    "**Train** starts the run, **Pause** holds it, and the same button goes on with it, also after a step. "
    "**Step** makes one update and measures what it did, **Epoch** goes on to the end of one pass over the data, "
    "**Stop** ends the run where it is. **Reset** goes back to step 0 with the settings of the form and the same first "
    "weights, **New seed** to other data and other weights."
)


def show_controls(seen: View) -> None:
    """Buttons for the run as it was seen."""
    is_open, is_ready = seen.status in run.OPEN and run.is_steered_here(seen), run.is_preview()
    _show_main(seen.status, is_going=is_open and not is_ready)
    _show_command("Step", "S", Command.one_step(), is_open=is_open)
    _show_command("Epoch", "E", Command.one_epoch(), is_open=is_open)
    _show_command("Stop", "X", Command.stop(), is_open=is_open and not is_ready)
    st.button("Reset", shortcut="0", on_click=run.preview, key="reset")
    st.button("New seed", shortcut="N", on_click=run.new_seed, key="seed")


def _show_main(status: str, *, is_going: bool) -> None:
    """The large button: Train, Pause or Resume.

    Each is a button of its own in one place: a press means what the button said, whatever the run has become meanwhile.
    """
    look = {"type": "primary", "shortcut": "T", "width": MAIN_WIDTH}
    if not is_going:
        st.button("Train", on_click=run.train, key="train", **look)
    elif status == "paused":
        st.button("Resume", on_click=run.obey, args=(Command.resume(),), key="resume", **look)
    else:
        st.button("Pause", on_click=run.obey, args=(Command.pause(),), key="pause", **look)


def _show_command(label: str, shortcut: str, command: Command, *, is_open: bool) -> None:
    disabled = not is_open
    st.button(label, shortcut=shortcut, on_click=run.obey, args=(command,), disabled=disabled, key=label.lower())
