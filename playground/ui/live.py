"""The live part of the Train page: one fragment that looks at the run twice a second while it moves."""

import math

import streamlit as st

from playground.config import Config
from playground.engine import View
from playground.jobs.training_snapshot import TrainingSnapshot
from playground.ui import run, session
from playground.ui.training_view import show_layers, show_learning, show_numbers
from playground.ui.words import changed_since, machine_line, state_line

MOVING = {"running", "queued"}
TROUBLE = {"refused", "failed", "lost"}
LOOK_SECONDS = 0.5
LEASE_SECONDS = 8.0  # a run that stands still is looked at too, so that it is not taken for left
VIEWS = ("Learning", "Layers", "Numbers")


def show_run() -> None:
    """Controls and everything that moves."""
    seen = run.view()
    _show_controls(seen.status)
    if run.problem():
        st.error(run.problem())
    every = LOOK_SECONDS if seen.status in MOVING else LEASE_SECONDS
    st.fragment(_show_moment, run_every=every, key="live")(seen.status)


def _show_controls(status: str) -> None:
    is_moving, is_open = status in MOVING, status in MOVING | {"paused"}
    with st.container(horizontal=True, key="controls"):
        st.button("Train", type="primary", shortcut="T", on_click=run.train, key="train", help="Start from step 0.")
        st.button(
            "Pause" if is_moving else "Resume",
            shortcut="P",
            on_click=run.pause_or_resume,
            disabled=not is_open,
            key="pause",
            help="Hold the run, or go on where it stands.",
        )
        st.button("One step", shortcut="S", on_click=run.one_step, disabled=not is_open, key="step", help="One update.")
        st.button(
            "One epoch", shortcut="E", on_click=run.one_epoch, disabled=not is_open, key="epoch", help="One pass."
        )
        st.button("Stop", shortcut="X", on_click=run.stop, disabled=not is_open, key="stop", help="End the run here.")
        st.button("Reset", shortcut="0", on_click=run.preview, key="reset", help="Back to the same first weights.")
        st.button("New seed", shortcut="N", on_click=run.new_seed, key="seed", help="Other data and other weights.")


def _show_moment(status: str) -> None:
    """One look at the run.

    Args:
        status: that the buttons were drawn for; when it is another by now, the whole page is drawn again.
    """
    seen = run.view()
    if seen.status != status:
        st.rerun()
    current, snapshot = run.current_run(), run.snapshot_of(seen)
    _show_state(seen, snapshot)
    if snapshot is None or current is None:
        return
    chosen = st.segmented_control(
        "View", VIEWS, default=VIEWS[0], required=True, key="view", label_visibility="collapsed"
    )
    if chosen == "Layers":
        show_layers(snapshot)
    elif chosen == "Numbers":
        show_numbers(snapshot, current.config)
    else:
        show_learning(snapshot, current.config)


def _show_state(seen: View, snapshot: TrainingSnapshot | None) -> None:
    st.progress(snapshot.fraction if snapshot else 0.0, text=state_line(seen, snapshot))
    if seen.status in TROUBLE:
        st.error(seen.message)
    elif seen.message:
        st.warning(seen.message)
    current = run.current_run()
    changed = changed_since(current.config, session.current_config()) if current else ""
    if changed:
        st.info(changed)
    if snapshot is not None and current is not None:
        _show_figures(snapshot, current.config)


def _show_figures(snapshot: TrainingSnapshot, config: Config) -> None:
    figures = {
        "Training loss": _last(snapshot, "train_loss", "{:.3g}"),
        "Validation loss": _last(snapshot, "val_loss", "{:.3g}"),
    }
    if config.is_classification:
        figures["Training accuracy"] = _last(snapshot, "train_accuracy", "{:.1%}")
        figures["Validation accuracy"] = _last(snapshot, "val_accuracy", "{:.1%}")
    with st.container(horizontal=True, key="figures", gap="medium"):
        for label, value in figures.items():
            st.metric(label, value, width="content")
    st.caption(machine_line(snapshot))


def _last(snapshot: TrainingSnapshot, column: str, form: str) -> str:
    value = float(snapshot.history[column][-1])
    return form.format(value) if math.isfinite(value) else "–"
