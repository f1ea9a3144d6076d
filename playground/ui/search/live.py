"""The live part of the Search page: one fragment that looks at the search again and again while it moves."""

from collections.abc import Callable

import streamlit as st

from playground.jobs.search.job import SearchJob
from playground.metrics import FRAME_SECONDS
from playground.ui.address import follow_page
from playground.ui.live_part import show_live_part
from playground.ui.pace import LEASE_SECONDS, LOOK_SECONDS
from playground.ui.place.checks import one_of
from playground.ui.place.place import keep
from playground.ui.search import run as search_run
from playground.ui.search.run import Stage
from playground.ui.search.trial import show_trial
from playground.ui.search.verdict import is_waiting, look_at_verdict
from playground.ui.search.views import show_best, show_matters, show_picture, show_table
from playground.ui.search.words import progress_line
from playground.ui.training.live import MOVING, TROUBLE
from playground.ui.visit.run import OPEN
from playground.ui.words import plain

VIEWS: dict[str, Callable[[Stage], None]] = {
    "Trials": show_picture,
    "Best so far": show_best,
    "Table": show_table,
    "What matters": show_matters,
}
CANNOT_START = "These settings cannot be searched. A sentence beside the controls, in the sidebar, says what to change."
PAUSE_WIDTH = 104  # pixels; "Pause" and "Resume" take the same room


def show_buttons(job: SearchJob | None, stage: Stage | None) -> str:
    """Start, Pause or Resume, Cancel; returns the status that they are drawn for, "" without a search."""
    status = search_run.look(stage).status if stage else ""
    is_open = status in OPEN and search_run.is_steered_here(stage)
    is_start = st.button(
        "Start",
        type="primary",
        key="search_start",
        disabled=job is None,
        help="Train every trial; an earlier search stays to be looked at.",
    )
    if is_start and job is not None:  # here and not in a callback, which would know the job of the page before
        search_run.start(job)
        st.rerun()
    st.button(
        "Resume" if status == "paused" else "Pause",
        key="search_pause",
        on_click=search_run.pause_or_resume,
        args=(stage,),
        disabled=not is_open,
        width=PAUSE_WIDTH,
        help="Hold the search, or go on where it stands.",
    )
    st.button(
        "Cancel",
        key="search_cancel",
        on_click=search_run.stop,
        args=(stage,),
        disabled=not is_open,
        help="End the search here; what it has found stays.",
    )
    return status


def show_plan(job: SearchJob | None) -> None:
    """Where the trials of a search will be, before there is one.

    Args:
        job: None where the controls say none.
    """
    if search_run.problem():
        st.error(plain(search_run.problem()))
    if job is None:
        st.info(CANNOT_START)
        return
    st.info("Press Start: every hollow point is a network that will be trained.")
    show_picture(Stage(job, job_id="", number=0))


def show_search(stage: Stage, job: SearchJob | None, status: str) -> None:
    """Everything that moves.

    Args:
        job: that the controls say now.
        status: that the buttons are drawn for.
    """
    look_at_verdict(stage)
    is_moving = status in MOVING or is_waiting(stage)
    every = LOOK_SECONDS if is_moving else LEASE_SECONDS if status in OPEN else None
    show_live_part(_show_moment, stage, status, _controls_line(stage, job), every=every, key="search_live")


def _controls_line(stage: Stage, job: SearchJob | None) -> str:
    """That the controls say another search by now, or none; "" where they say this one."""
    if job is None:
        return CANNOT_START
    return "" if job == stage.job else "The controls have changed since this search. Press Start to search with them."


@FRAME_SECONDS.time()
def _show_moment(stage: Stage, status: str, controls: str) -> None:
    """One look at the search.

    Args:
        controls: what there is to say of them.
        status: that the buttons were drawn for; when it is another by now, the whole page is drawn again.
    """
    seen, was_waiting = search_run.look(stage), is_waiting(stage)
    verdict = look_at_verdict(stage)
    if seen.status != status or is_waiting(stage) != was_waiting:
        st.rerun()
    with st.container():  # always there, so that what follows stays where it is
        if search_run.problem():
            st.error(plain(search_run.problem()))
        elif seen.status in TROUBLE and seen.message:
            st.error(plain(seen.message))
        elif seen.message:
            st.warning(plain(seen.message))
        elif controls:
            st.info(controls)
        if verdict is not None and verdict.border_notes:
            st.warning(" ".join(verdict.border_notes))
        if verdict is not None and verdict.flat_notes:
            st.info(" ".join(verdict.flat_notes))
    st.progress(stage.snapshot.fraction, text=progress_line(seen, stage.snapshot))
    chosen = st.segmented_control(
        "View",
        list(VIEWS),
        required=True,
        key=keep("search_view", next(iter(VIEWS)), one_of(VIEWS), label="View"),
        on_change=follow_page,
        label_visibility="collapsed",
    )
    VIEWS[chosen](stage)
    show_trial(stage)
