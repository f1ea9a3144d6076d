"""An answer on a page: a job computed in a worker, shown at once when it is quick, with progress when it is not."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from playground.engine import Command, EngineFull, UnknownJob, View, current_engine
from playground.jobs.job import Job, Snapshot
from playground.ui.live_part import show_live_part
from playground.ui.pace import LEASE_SECONDS
from playground.ui.visit.owner import is_of_this_visitor, session_owner
from playground.ui.words import duration, plain, waiting_line

PATIENCE_SECONDS = 0.25  # how long a page waits for an answer before it shows progress instead
GLANCE_SECONDS = 0.005
LOOK_SECONDS = 0.3
ENDED_BADLY = {"refused", "failed", "lost"}


@dataclass
class Asked:
    """What this visitor asked last under one key.

    Args:
        job: that was asked.
        job_id: in the engine; "" when it was turned away.
        problem: why it was turned away.
        last: latest snapshot, kept when the engine lets go of the job.
    """

    job: Job
    job_id: str = ""
    problem: str = ""
    last: View | None = None


def show_answer(job: Job, show: Callable[[Snapshot], None], *, key: str) -> None:
    """Compute a job and show its snapshots.

    A job equal to the last one under this key is not computed again; another one replaces it.

    Args:
        job: frozen and comparable, so that a changed control makes an unequal one.
        show: draws one snapshot; called again with later ones of the same job, and must then draw the same elements.
    """
    asked = _ask(job, key)
    view = _wait(asked)
    is_moving = view is not None and view.status in ("running", "queued")
    every = LOOK_SECONDS if is_moving else LEASE_SECONDS
    show_live_part(_show, asked, show, key, is_moving, every=every, key=f"{key}_answer")


def _ask(job: Job, key: str) -> Asked:
    """Submit the job unless it is the one asked last."""
    asked = last_asked(key)
    if asked is not None and asked.job == job and not asked.problem:
        return asked
    return ask(job, key=key)


def ask(job: Job, *, key: str) -> Asked:
    """Submit the job in the place of what was asked last under this key."""
    asked = last_asked(key)
    if asked is not None and asked.job_id and is_steered_here(asked):
        current_engine().free(asked.job_id)
    fresh = Asked(job)
    try:
        fresh.job_id = current_engine().submit(job, owner=session_owner())
    except EngineFull as error:
        fresh.problem = str(error)
    if asked is not None:
        fresh.last = asked.last  # the old picture stays until the new one comes
    take_asked(fresh, key=key)
    return fresh


def is_steered_here(asked: Asked) -> bool:
    """Whether this visitor may end the job: who has only its link may look at it."""
    try:
        return is_of_this_visitor(current_engine().view(asked.job_id).owner)
    except UnknownJob:
        return False


def last_asked(key: str) -> Asked | None:
    return st.session_state.get(f"{key}_asked")


def take_asked(asked: Asked, *, key: str) -> None:
    """Make this what was asked last."""
    st.session_state[f"{key}_asked"] = asked


def _look(asked: Asked) -> View | None:
    """What the engine has now; the last thing it had, once it has let go of the job."""
    try:
        view = current_engine().view(asked.job_id)
    except UnknownJob:
        return asked.last
    if view.snapshot is not None:
        asked.last = view
    return view


def _wait(asked: Asked) -> View | None:
    """Look until the job has ended or patience is over."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    view = _look(asked)
    while view is not None and view.status in ("running", "queued") and time.monotonic() < deadline:
        time.sleep(GLANCE_SECONDS)
        view = _look(asked)
    return view


def _show(asked: Asked, show: Callable[[Snapshot], None], key: str, was_moving: bool) -> None:
    view = _look(asked)
    if asked.problem:
        st.error(plain(asked.problem))
    elif view is not None and view.status in ENDED_BADLY:
        st.error(plain(view.message))
    elif view is not None and view.status == "stopped" and view.message:
        st.warning(plain(view.message))
    is_moving = view is not None and view.status in ("running", "queued")
    if was_moving and not is_moving:
        st.rerun()
    if is_moving:
        _show_progress(asked, view, key)
    if asked.last is not None and asked.last.snapshot is not None:
        show(asked.last.snapshot)


def _show_progress(asked: Asked, view: View, key: str) -> None:
    snapshot = view.snapshot
    bar, button = st.columns([5, 1], vertical_alignment="center")
    bar.progress(snapshot.fraction if snapshot is not None else 0.0, text=progress_line(view))
    button.button("Cancel", key=f"{key}_cancel", on_click=_cancel, args=(asked,), disabled=not is_steered_here(asked))


def _cancel(asked: Asked) -> None:
    if is_steered_here(asked):
        current_engine().command(asked.job_id, Command.stop())


def progress_line(view: View) -> str:
    """Where a job is that has not ended."""
    if view.place is not None:
        return waiting_line(view)
    return "Computing ..." if view.left is None else f"Computing, about {duration(view.left)} left."
