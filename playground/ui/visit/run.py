"""The visitor's run: from the buttons to the engine and back."""

import time
from contextlib import suppress
from dataclasses import dataclass, replace

import streamlit as st

from playground.config import Config
from playground.engine import Command, EngineFull, UnknownJob, View, current_engine
from playground.fields import SPECS
from playground.jobs.training.job import TrainJob
from playground.jobs.training.snapshot import TrainingSnapshot
from playground.parsing import ConfigError
from playground.ui.fields.hands import take_hands
from playground.ui.visit import session
from playground.ui.visit.ended_runs import earlier_run
from playground.ui.visit.owner import is_of_this_visitor, session_owner

_RUN, _PROBLEM, _MISSED, _SEEN, _SNAPSHOT = "run", "run_problem", "run_missed", "run_seen", "snapshot"
PARAMETER = "run"
MAX_SEED = int(SPECS["seed"].high or 0)
OPEN = {"queued", "running", "paused"}
GONE = View(status="gone", message="", place=None, snapshot=None, version=0)
FIRST_LOOK_SECONDS = 0.4  # worth waiting for what a person looks for, rather than drawing the page twice


@dataclass(frozen=True)
class Run:
    """One run of this visitor.

    Args:
        job_id: in the engine.
        config: that it started from, with what was changed on the way.
        is_preview: nobody has pressed Train; it shows the network before the first step.
        is_found: the link named it, so that another page may look at it too.
    """

    job_id: str
    config: Config
    is_preview: bool = False
    is_found: bool = False


def current_run() -> Run | None:
    """The run that a command is for, after all that was done in the form so far."""
    take_hands()
    return st.session_state.get(_RUN)


def is_preview() -> bool:
    run = current_run()
    return run is not None and run.is_preview


def view() -> View:
    """What the engine knows of the run; what it has forgotten is kept here, so a freed run still has its charts."""
    if (run := current_run()) is None:
        return GONE
    last: View = st.session_state.get(_SEEN, GONE)
    try:
        seen = current_engine().view(run.job_id)
    except UnknownJob as error:
        return replace(last, status="gone", message=str(error), place=None) if last.status in OPEN else last
    st.session_state[_SEEN] = seen
    if isinstance(seen.snapshot, TrainingSnapshot):
        st.session_state[_SNAPSHOT] = seen.snapshot
    return seen


def latest_snapshot() -> TrainingSnapshot | None:
    """Of this run or, until it has one, of the run before: what is on the page stays where it is."""
    return st.session_state.get(_SNAPSHOT)


def problem() -> str:
    """Why no run could start; "" when one could."""
    return st.session_state.get(_PROBLEM, "")


def missed() -> str:
    """Why the run that the link names is not here; "" when it is, or names none."""
    return st.session_state.get(_MISSED, "")


def is_steered_here(seen: View) -> bool:
    """Whether this visitor may steer the run: who has only its link may look at it."""
    return is_of_this_visitor(seen.owner)


def _submit(*, is_preview: bool = False) -> None:
    """Free the old run and start one of the session's Config."""
    engine, old = current_engine(), current_run()
    if old is not None and not old.is_found:
        engine.free(old.job_id)
    st.session_state.update({_RUN: None, _SEEN: GONE, _PROBLEM: "", _MISSED: ""})
    config = session.current_config()
    try:
        job_id = engine.submit(TrainJob(config, earlier_run(config)), owner=session_owner(), starts_paused=is_preview)
        st.session_state[_RUN] = Run(job_id, config, is_preview)
    except EngineFull as error:
        st.session_state[_PROBLEM] = str(error)


def _wait_for_epoch(epoch: int) -> None:
    """Wait a moment for a snapshot of this epoch or a later one."""
    deadline = time.monotonic() + FIRST_LOOK_SECONDS
    while (seen := view()).status in OPEN and time.monotonic() < deadline:
        if isinstance(seen.snapshot, TrainingSnapshot) and seen.snapshot.epoch >= epoch:
            return
        time.sleep(0.01)


def open_run() -> None:
    """Find the run that the link names on a visitor's first look; else show the network before its first step."""
    if (run := current_run()) is None and not problem():
        _find_or_preview(st.query_params.get(PARAMETER, ""))
    elif run is not None and run.is_preview and (run.config != session.current_config() or view().status == "gone"):
        preview()


def _find_or_preview(job_id: str) -> None:
    """Look at a run that this or another page started, or show a preview and why there is no such run."""
    try:
        seen = current_engine().view(job_id)
    except UnknownJob as error:
        preview()
        st.session_state[_MISSED] = str(error) if job_id else ""
        return
    snapshot = seen.snapshot
    config = snapshot.config if isinstance(snapshot, TrainingSnapshot) else session.current_config()
    st.session_state[_RUN] = Run(job_id, config, is_found=True)


def token() -> str:
    """What the link says so that a reload finds the run; it cannot be guessed. "" for a preview."""
    run = current_run()
    return "" if run is None or run.is_preview else run.job_id


def preview() -> None:
    """Show the data and the untrained network of the session's Config."""
    _submit(is_preview=True)
    _wait_for_epoch(0)


def train() -> None:
    """Train: go on with a run that is under way or a preview of the same Config, which is never thrown away; else
    start one from the first step.
    """
    run = current_run()
    is_stale = run is None or (run.is_preview and run.config != session.current_config())
    if is_stale or view().status not in OPEN or not obey(Command.resume()):
        _submit()
    _wait_for_epoch(1)  # the first piece of a curve


def new_seed() -> None:
    """The next seed: other data, other weights."""
    config = session.current_config()
    seed = config.seed + 1 if config.seed + config.num_seeds <= MAX_SEED else 0
    session.take_config(config.replace(seed=seed))
    preview()


def follow_change(name: str) -> None:
    """After a changed field: a run takes it live if it can, a preview is drawn again, a finished run stays."""
    run = current_run()
    if run is None or run.is_preview:
        preview()
    elif SPECS[name].is_live and view().status in OPEN:
        change = {name: getattr(session.current_config(), name)}
        with suppress(ConfigError):  # it fits the form as it is now, but not this run
            changed = replace(run, config=run.config.replace(**change))
            if obey(Command.change(change)):
                st.session_state[_RUN] = changed


def obey(command: Command) -> bool:
    """Pass a command on, after which the run is more than a preview; False when it is forgotten, or another's."""
    run, engine = current_run(), current_engine()
    job_id = run.job_id if run else ""
    try:
        if not is_steered_here(engine.view(job_id)):
            return False
        engine.command(job_id, command)
    except UnknownJob:
        return False
    st.session_state.update({_RUN: replace(run, is_preview=False), _MISSED: ""})
    return True
