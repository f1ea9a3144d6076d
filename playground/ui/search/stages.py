"""The searches of this session, to be looked at again, and the way from one to the next, finer one."""

from dataclasses import replace

import streamlit as st

from playground.charts.search.axes import spoken, value_text
from playground.charts.search.scores import score_of, score_text
from playground.jobs.search.remarks import condition_words
from playground.parsing import ConfigError
from playground.rules import num_validating_samples
from playground.train.search.axis import LOG, Axis
from playground.train.search.verdict import best_trial
from playground.train.search.zoom import longer, zoom_sentence, zoomed
from playground.ui.address import is_back_or_forward
from playground.ui.place import place
from playground.ui.search import run as search_run
from playground.ui.search.form import take_search
from playground.ui.search.run import Stage
from playground.ui.search.verdict import is_waiting, look_at_verdict

_KEY, _TURN = "search_stage", "search_stage_turn"


def opened_stage() -> Stage | None:
    """The search that is looked at; after a reload the one before it, with controls that say the same.

    A link with its name says the controls as well, which may have been changed since it was started.
    """
    if is_back_or_forward():
        search_run.show_named(st.query_params.get(search_run.PARAMETER, ""))
    found = search_run.find_again()
    if found is not None and not place.here().values:
        take_search(found.job)
    return search_run.shown_stage()


def show_stages(stage: Stage) -> None:
    """A choice of the searches, once there are two, and what the one that is looked at has tried."""
    stages = {one.number: one for one in search_run.stages()}
    if len(stages) < 2:
        return
    for one in stages.values():  # an earlier one may have been ended by the start of a later one
        search_run.look(one)
    key = _key_showing(stage.number)
    st.segmented_control(
        "Searches of this session",
        list(stages),
        format_func=lambda number: stage_label(stages[number]),
        key=key,
        required=True,
        on_change=_take_stage,
        args=(key,),
        label_visibility="collapsed",
    )
    st.caption(stage_sentence(stage))


def _key_showing(number: int) -> str:
    """Key of the control: another one where the server shows another search than the control was left at.

    So a message from before cannot be taken for a choice.
    """
    turn = st.session_state.get(_TURN, 0)
    key = f"{_KEY}@{turn}" if turn else _KEY
    if st.session_state.get(key, number) != number:
        st.session_state[_TURN] = turn + 1
        key = f"{_KEY}@{turn + 1}"
    st.session_state.setdefault(key, number)
    return key


def _take_stage(key: str) -> None:
    search_run.show_stage(st.session_state[key])


def stage_label(stage: Stage) -> str:
    """Its number, its epochs and its best score."""
    is_share = stage.job.config.is_classification
    best = best_trial([trial for trial in stage.snapshot.trials if trial.has_ended])
    if stage.is_open:
        words = "under way"
    elif best is None:
        words = "no score"
    else:
        words = f"best {score_text(score_of(best, is_share=is_share), is_share=is_share)}"
    return f"{stage.number}: {stage.job.config.num_epochs} epochs, {words}"


def stage_sentence(stage: Stage) -> str:
    """How its ranges came about: what the zoom did, or where they were entered, what they are."""
    name = f"Search {stage.number}"
    if stage.before:
        return zoom_sentence(name, stage.before, stage.job.space, stage.job.config.num_epochs)
    return f"{name}: {', '.join(map(range_text, stage.job.space))}."


def range_text(axis: Axis) -> str:
    """An axis in words."""
    only = f" {condition_words(axis)}" if axis.depends_on else ""
    if axis.choices:
        return f"{spoken(axis)} {', '.join(value_text(axis.field, name) for name in axis.choices)}{only}"
    scale = " (log)" if axis.scale == LOG else ""
    return f"{spoken(axis)} {value_text(axis.field, axis.low)} to {value_text(axis.field, axis.high)}{scale}{only}"


def show_zoom(stage: Stage | None) -> None:
    """The way to a finer search, once the search has ended and its borders are known."""
    if stage is not None:
        look_at_verdict(stage)
    has_scores = stage is not None and any(trial.score for trial in stage.snapshot.trials)
    is_ready = has_scores and not stage.is_open and not is_waiting(stage)
    st.button(
        "Zoom in",
        key="search_zoom",
        icon=":material/zoom_in:",
        on_click=_zoom,
        args=(stage,),
        disabled=not is_ready,
        help="Coarse to fine: searches a third of each range around the best trials, or beyond an end up to which "
        "scores rise, for three times as many epochs. Source: CS231n notes, Neural networks part 3.",
    )


def _zoom(stage: Stage) -> None:
    ends = stage.verdict.borders if stage.verdict else {}
    config = stage.job.config
    space = zoomed(stage.job.space, stage.snapshot.trials, ends, num_val=num_validating_samples(config))
    num_epochs = longer(config.num_epochs)
    try:
        job = replace(stage.job, space=space, config=config.replace(num_epochs=num_epochs))
    except ConfigError as error:
        search_run.refuse(str(error))
        return
    take_search(job)
    search_run.start(job, stage.job.space)
