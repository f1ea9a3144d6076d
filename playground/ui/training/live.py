"""The live part of the Train page: one fragment that looks at the run again and again while it moves."""

import threading

import streamlit as st

from playground.engine import View
from playground.jobs.training.remarks import SeenRun, remarks
from playground.jobs.training.snapshot import TrainingSnapshot
from playground.metrics import FRAME_SECONDS
from playground.ui.live_part import show_live_part
from playground.ui.pace import LEASE_SECONDS, LOOK_SECONDS
from playground.ui.training.view import show_layers, show_learning, show_numbers
from playground.ui.visit import ended_runs, run, session
from playground.ui.words import changed_since, plain, state_line

MOVING = {"running", "queued"}
TROUBLE = {"refused", "failed", "lost", "gone"}
WATCHED = "You are watching a run that another browser started and steers. Press Train to start one of your own."
# Thirty frames drawn at once fight for the interpreter, and the thread that has to send them gets it last of all.
_one_at_a_time = threading.Lock()
VIEWS = {"Learning": show_learning, "Layers": show_layers, "Numbers": show_numbers}


def show_run(seen: View, hint: str) -> None:
    """Everything that moves.

    Args:
        hint: what to look for, shown while there is nothing more urgent to say.
    """
    every = LOOK_SECONDS if seen.status in MOVING else LEASE_SECONDS if seen.status in run.OPEN else None
    show_live_part(_show_moment, seen.status, hint, every=every, key="live")


@FRAME_SECONDS.time()
def _show_moment(status: str, hint: str) -> None:
    """One look at the run.

    Args:
        status: that the buttons were drawn for; when it is another by now, the whole page is drawn again.
    """
    with _one_at_a_time:
        _draw_moment(status, hint)


def _draw_moment(status: str, hint: str) -> None:
    """What there is to see now, or the whole page again."""
    seen = run.view()
    if seen.status != status:
        st.rerun()
    current = seen.snapshot if isinstance(seen.snapshot, TrainingSnapshot) else None
    if current is not None:
        ended_runs.remember(current)
    said, done = st.columns((3, 2), gap="medium", vertical_alignment="center")
    with said:
        _show_notice(seen, hint)
    done.progress(current.fraction if current else 0.0, text=state_line(seen, current))
    snapshot = run.latest_snapshot()
    if snapshot is None:
        return
    chosen = st.segmented_control(
        "View", list(VIEWS), default="Learning", required=True, key="view", label_visibility="collapsed"
    )
    VIEWS[chosen](snapshot)


def _show_notice(seen: View, hint: str) -> None:
    """The most urgent thing to say, in a place that is always there."""
    current = run.current_run()
    is_going = seen.status in run.OPEN
    changed = changed_since(current.config, session.current_config(), is_going=is_going) if current else ""
    if run.problem():
        st.error(plain(run.problem()))
    elif seen.status in TROUBLE and seen.message:
        st.error(plain(seen.message))
    elif run.missed():
        st.warning(plain(run.missed()))
    elif seen.status in run.OPEN and not run.is_steered_here(seen):
        st.info(WATCHED)
    elif changed:
        st.info(changed)
    elif seen.message:
        st.warning(_with_remark(plain(seen.message), seen))
    else:
        st.info(_with_remark(hint, seen))


def _with_remark(text: str, seen: View) -> str:
    """The text and, under it, what one must know to read the figures, and how the run compares with an earlier one."""
    if not isinstance(snapshot := seen.snapshot, TrainingSnapshot):
        return text
    result = snapshot.result
    known = SeenRun.planned(snapshot.config) if result is None else SeenRun.of_result(result)
    return "\n\n".join([text, *(plain(said) for said in [*remarks(known), ended_runs.remark(snapshot)] if said)])
