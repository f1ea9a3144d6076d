"""The visitor's run: from the buttons to the engine and back."""

from dataclasses import dataclass

import streamlit as st

from playground.config import SPECS, Config
from playground.engine import Command, EngineFull, UnknownJob, View, current_engine
from playground.jobs.train import TrainJob
from playground.jobs.training_snapshot import TrainingSnapshot
from playground.ui import session
from playground.ui.owner import session_owner

_RUN, _PROBLEM, _LAST_VIEW = "run", "run_problem", "last_view"
RUN_PARAMETER = "run"
MAX_SEED = int(SPECS["seed"].high or 0)
GONE = View(status="gone", message="", place=None, snapshot=None, version=0)


@dataclass(frozen=True)
class Run:
    """One run of this visitor.

    Args:
        job_id: in the engine.
        config: that it started from.
        is_preview: nobody has pressed Train; it shows the network before the first step.
    """

    job_id: str
    config: Config
    is_preview: bool


def current_run() -> Run | None:
    return st.session_state.get(_RUN)


def view() -> View:
    """What the engine knows of the run; the last snapshot is kept here, so a freed run still has its charts."""
    run = current_run()
    if run is None:
        return GONE
    try:
        seen = current_engine().view(run.job_id)
    except UnknownJob:
        return st.session_state.get(_LAST_VIEW) or GONE
    if seen.snapshot is not None:
        st.session_state[_LAST_VIEW] = seen
    return seen


def snapshot_of(seen: View) -> TrainingSnapshot | None:
    return seen.snapshot if isinstance(seen.snapshot, TrainingSnapshot) else None


def problem() -> str:
    """Why no run could start; "" when one could."""
    return st.session_state.get(_PROBLEM, "")


def _submit(*commands: Command, is_preview: bool) -> None:
    """Free the old run and start one of the session's Config."""
    engine, old = current_engine(), current_run()
    if old is not None:
        engine.free(old.job_id)
    config = session.current_config()
    st.session_state[_PROBLEM] = ""
    try:
        job_id = engine.submit(TrainJob(config), owner=session_owner())
    except EngineFull as error:
        st.session_state[_PROBLEM] = str(error)
        return
    for command in commands:
        engine.command(job_id, command)
    st.session_state[_RUN] = Run(job_id, config, is_preview)


def open_run() -> None:
    """On a visitor's first look: find the run that the link names, else show the network before its first step."""
    if current_run() is not None or problem():
        return
    job_id = st.query_params.get(RUN_PARAMETER, "")
    try:
        current_engine().view(job_id)
        st.session_state[_RUN] = Run(job_id, session.current_config(), is_preview=False)
    except UnknownJob:
        preview()


def write_token() -> None:
    """Keep the run in the address bar, so that a reload finds it; the id cannot be guessed."""
    run = current_run()
    if run is not None and not run.is_preview:
        if st.query_params.get(RUN_PARAMETER) != run.job_id:
            st.query_params[RUN_PARAMETER] = run.job_id
    elif RUN_PARAMETER in st.query_params:
        del st.query_params[RUN_PARAMETER]


def preview() -> None:
    """Show the data and the untrained network of the session's Config."""
    _submit(Command.pause(), is_preview=True)


def train() -> None:
    """Train from the first step, or go on where a preview of the same Config stands."""
    run = current_run()
    if run is not None and run.is_preview and run.config == session.current_config() and _command(Command.resume()):
        _started()
    else:
        _submit(is_preview=False)


def pause_or_resume() -> None:
    _command(Command.resume() if view().status == "paused" else Command.pause())
    _started()


def one_step() -> None:
    _command(Command.one_step())
    _started()


def one_epoch() -> None:
    _command(Command.one_epoch())
    _started()


def stop() -> None:
    _command(Command.stop())


def new_seed() -> None:
    """The next seed: other data, other weights."""
    session.take_config(session.current_config().replace(seed=(session.current_config().seed + 1) % (MAX_SEED + 1)))
    preview()


def follow_change(name: str) -> None:
    """After a changed field: a run takes it live if it can, a preview is drawn again, a finished run stays."""
    run, config = current_run(), session.current_config()
    if run is None or run.is_preview:
        preview()
    elif SPECS[name].is_live and view().status in ("running", "paused", "queued"):
        _command(Command.change({name: getattr(config, name)}))
        st.session_state[_RUN] = Run(run.job_id, run.config.replace(**{name: getattr(config, name)}), False)


def _started() -> None:
    """From now on the run is more than a preview."""
    run = current_run()
    if run is not None and run.is_preview:
        st.session_state[_RUN] = Run(run.job_id, run.config, False)


def _command(command: Command) -> bool:
    run = current_run()
    try:
        current_engine().command(run.job_id if run else "", command)
    except UnknownJob:
        return False
    return True
