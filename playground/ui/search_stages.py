"""The searches of this session, to be looked at again, and the way from one to the next, finer one."""

import streamlit as st

from playground.charts.search_axes import spoken, value_text
from playground.charts.search_scores import score_of, score_text
from playground.train.search.space import LOG, Axis
from playground.train.search.verdict import best_trial
from playground.ui import search_run
from playground.ui.search_run import Stage

_KEY = "search_stage"


def show_stages(stage: Stage) -> None:
    """A choice of the searches, once there are two, and what the one that is looked at has tried."""
    stages = {one.number: one for one in search_run.stages()}
    if len(stages) < 2:
        return
    st.session_state[_KEY] = stage.number
    st.segmented_control(
        "Searches of this session",
        list(stages),
        format_func=lambda number: stage_label(stages[number]),
        key=_KEY,
        required=True,
        on_change=_take_stage,
        label_visibility="collapsed",
    )
    came = f" {stage.came}" if stage.came else ""
    st.caption(f"Search {stage.number}: {stage_ranges(stage)}.{came}")


def _take_stage() -> None:
    search_run.show_stage(st.session_state[_KEY])


def stage_label(stage: Stage) -> str:
    """Its number, its epochs and its best score."""
    is_share = stage.job.config.is_classification
    best = best_trial([trial for trial in stage.snapshot.trials if trial.has_ended])
    words = "no score" if best is None else score_text(score_of(best, is_share=is_share), is_share=is_share)
    return f"{stage.number}: {stage.job.config.num_epochs} epochs, {words}"


def stage_ranges(stage: Stage) -> str:
    return ", ".join(map(range_text, stage.job.space))


def range_text(axis: Axis) -> str:
    """An axis in words."""
    if axis.choices:
        return f"{spoken(axis)} {', '.join(value_text(axis.field, name) for name in axis.choices)}"
    scale = " (log)" if axis.scale == LOG else ""
    return f"{spoken(axis)} {value_text(axis.field, axis.low)} to {value_text(axis.field, axis.high)}{scale}"
