"""Controls of the lesson on regularization, and the jobs that they make."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from playground.catalog.regularization_lesson import (
    PENALTY_CONTROLS,
    PENALTY_START,
    RIDGE_START,
    RIDGE_STRENGTHS,
    STRENGTHS,
)
from playground.charts.penalties import LABELS
from playground.config import Config
from playground.jobs.penalties import PenaltiesJob
from playground.jobs.ridge import RidgeJob
from playground.ui.lesson import CONTROL_WIDTH, control_row, lesson_control, refusals

COMPANIONS = {"l1": ("l1", "subgradient"), "l2": ("l2",), "both": ("both",)}


def chosen_fields(page: str, names: tuple[str, ...], start: Mapping[str, Any]) -> dict[str, Any]:
    """A row of controls of Config fields."""
    plain = Config.parse(start)
    with control_row():
        return {name: lesson_control(page, name, getattr(plain, name), width=CONTROL_WIDTH) for name in names}


def penalties_job() -> tuple[PenaltiesJob, float]:
    """The sweep of strengths, and the strength whose map is looked at."""
    with control_row():
        kind = st.segmented_control(
            "Penalty",
            list(COMPANIONS),
            default=None if "penalty_kind" in st.session_state else "l1",
            required=True,
            format_func=LABELS.get,
            key="penalty_kind",
            persist_state="session",
            help="L2 pulls in proportion to a weight's size, L1 by the same amount each; both is the elastic net.",
        )
    values = chosen_fields("penalty", PENALTY_CONTROLS, PENALTY_START)
    st.session_state.setdefault("penalty_shown", STRENGTHS[6])
    shown = st.select_slider(
        "Strength whose map is shown",
        STRENGTHS,
        key="penalty_shown",
        persist_state="session",
        format_func=lambda strength: f"{strength:g}",
        help="Walks along the path; nothing is computed again.",
    )
    with refusals():
        return PenaltiesJob(Config.parse({**PENALTY_START, **values}), COMPANIONS[kind], STRENGTHS), shown


def penalized(job: PenaltiesJob, strength: float) -> Config:
    """What Train carries on with: the shown strength of the chosen penalty."""
    kind = job.kinds[0]
    return job.config.replace(weight_decay=strength * (kind != "l1"), l1=strength * (kind != "l2"))


def ridge_job() -> RidgeJob:
    """Diabetes, one linear unit."""
    st.session_state.setdefault("ridge_strength", RIDGE_STRENGTHS[3])
    with control_row():
        strength = st.select_slider(
            "Strength",
            RIDGE_STRENGTHS,
            key="ridge_strength",
            persist_state="session",
            format_func=lambda strength: f"{strength:g}",
            help="Multiplies the sum of the squared coefficients; 10 to 1000 shows the shrinking.",
            width=2 * CONTROL_WIDTH,
        )
        values = {
            name: lesson_control("ridge", name, RIDGE_START.get(name, 0), width=CONTROL_WIDTH)
            for name in ("learning_rate", "num_epochs", "seed")
        }
    with refusals():
        config = Config.parse({**RIDGE_START, **values})
        return RidgeJob(config, strength, config.num_epochs)
