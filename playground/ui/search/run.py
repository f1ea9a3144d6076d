"""The visitor's searches: each is a stage that stays to be looked at, from the buttons to the engine and back."""

from dataclasses import dataclass, field, replace
from functools import cached_property

import streamlit as st

from playground.engine import Command, EngineFull, UnknownJob, View, current_engine
from playground.jobs.search.importance import ImportanceSnapshot
from playground.jobs.search.job import SearchJob
from playground.jobs.search.snapshot import SearchSnapshot
from playground.train.search.axis import Axis
from playground.train.search.trials import Trial
from playground.ui.visit.latest import Latest
from playground.ui.visit.owner import is_of_this_visitor, session_owner
from playground.ui.visit.run import GONE, OPEN

_STAGES, _SHOWN, _PROBLEM = "search_stages", "search_shown", "search_problem"
MOST_STAGES = 8  # that are kept; a stage of 162 trials holds 0.2 MB


@dataclass
class Stage:
    """One search of this visitor.

    Args:
        job_id: in the engine.
        number: 1 for the first of the session.
        before: the space that it was zoomed into from; empty when its ranges were entered.
        seen: the last that the engine knew of it.
        snapshot: the last one that there was; what the engine has forgotten is kept here.
        chosen: number of the trial that is looked at.
        verdict_id: of the job that judges the trials; None before it is asked for, "" where it cannot be had.
        verdict: what it found.
    """

    job: SearchJob
    job_id: str
    number: int
    before: tuple[Axis, ...] = ()
    seen: View = field(default=GONE, repr=False)
    snapshot: SearchSnapshot = field(default_factory=SearchSnapshot, repr=False)
    chosen: int | None = None
    verdict_id: str | None = None
    verdict: ImportanceSnapshot | None = field(default=None, repr=False)

    @cached_property
    def plan(self) -> tuple[Trial, ...]:
        """Where the trials will be, as far as that is known before they begin."""
        return tuple(trial for trial in self.job.plan(0) if trial.params)

    @property
    def trials(self) -> list[Trial]:
        """Those that have begun, and those that wait for their turn, in the order of the plan."""
        begun = {trial.number: trial for trial in self.snapshot.trials}
        waiting = {trial.number: trial for trial in self.plan if trial.number not in begun}
        return [trial for _, trial in sorted((begun | waiting).items())]

    @property
    def is_open(self) -> bool:
        return self.seen.status in OPEN


def stages() -> list[Stage]:
    return st.session_state.setdefault(_STAGES, [])


PARAMETER = "search"
_LATEST: Latest[Stage] = Latest("search", PARAMETER)


def find_again() -> Stage | None:
    """The search that the link names, or that this browser started last, after a reload."""
    if (latest := _LATEST.found()) is not None:
        stages().append(replace(latest))
    return latest


def shown_stage() -> Stage | None:
    """The one that is looked at, which the address names: the newest, unless another was chosen."""
    number = st.session_state.get(_SHOWN)
    shown = next((stage for stage in stages() if stage.number == number), stages()[-1] if stages() else None)
    _LATEST.show_in_address(shown)
    return shown


def is_steered_here(stage: Stage) -> bool:
    """Whether this visitor may steer the search: who has only its link may look at it."""
    return is_of_this_visitor(look(stage).owner)


def show_stage(number: int) -> None:
    st.session_state[_SHOWN] = number


def show_named(job_id: str) -> None:
    """Look at the search of this name, if it is one of this session."""
    st.session_state[_SHOWN] = next((one.number for one in stages() if one.job_id == job_id), None)


def problem() -> str:
    """Why no search could start; "" when one could."""
    return st.session_state.get(_PROBLEM, "")


def refuse(sentence: str) -> None:
    """Say why no search could start; "" takes it back."""
    st.session_state[_PROBLEM] = sentence


def look(stage: Stage) -> View:
    """What the engine knows of the search, which is then kept."""
    if not stage.is_open and stage.seen is not GONE:
        return stage.seen
    try:
        seen = current_engine().view(stage.job_id)
    except UnknownJob as error:
        seen = replace(stage.seen, status="gone", message=str(error), place=None)
    stage.seen = seen
    if isinstance(seen.snapshot, SearchSnapshot):
        stage.snapshot = seen.snapshot
    return seen


def start(job: SearchJob, before: tuple[Axis, ...] = ()) -> None:
    """Search in another stage; a search that still runs is ended, and what it has found stays.

    Args:
        before: as of a `Stage`.
    """
    refuse("")
    for stage in stages():
        if look(stage).status in OPEN and is_steered_here(stage):
            stop(stage)
    try:
        job_id = current_engine().submit(job, owner=session_owner())
    except EngineFull as error:
        refuse(str(error))
        return
    number = stages()[-1].number + 1 if stages() else 1
    stages().append(Stage(job, job_id, number, before))
    del stages()[:-MOST_STAGES]
    show_stage(number)
    _LATEST.keep(stages()[-1])
    look(stages()[-1])


def pause_or_resume(stage: Stage) -> None:
    _obey(stage, Command.resume() if look(stage).status == "paused" else Command.pause())


def stop(stage: Stage) -> None:
    _obey(stage, Command.stop())


def _obey(stage: Stage, command: Command) -> None:
    if not is_steered_here(stage):
        return
    try:
        current_engine().command(stage.job_id, command)
    except UnknownJob:
        look(stage)
