"""Repeated searches on made surfaces, whose best point is known."""

from functools import partial

import streamlit as st

from playground.catalog import RESPONSE_SURFACES
from playground.fields import SPECS
from playground.jobs.repeated_search.job import SURFACE_SPECS, SurfaceSearchJob
from playground.jobs.repeated_search.snapshot import RepeatedSnapshot
from playground.ui.answer import show_answer
from playground.ui.lesson import CONTROL_WIDTH, control_row, lesson_control, refusals, show_numbers, show_source
from playground.ui.repeated_search import words
from playground.ui.repeated_search.view import show_scores, show_trials

PAGE = "repeated"
FIRST = SurfaceSearchJob()
MOST_REPEATS = 200


def show_made_surface() -> None:
    """A hundred comparisons in a moment."""
    st.write(
        "The same comparison many times. Look at the second picture: how often is random better, how often the grid, "
        "and does that change when the second hyperparameter matters as much as the first?"
    )
    job = _job()
    surface = RESPONSE_SURFACES[job.surface]
    st.markdown(f"**{surface.label}:** ${surface.formula}$. {surface.about} {words.size_line(job.levels)}")
    show_answer(job, partial(_show, job), key=f"{PAGE}_surface_answer")
    st.markdown(words.CORRECTED)
    show_source(words.SOURCE, words.WILSON, words.MEDIAN)


def _job() -> SurfaceSearchJob:
    with control_row():
        surface = _control("surface", width=2 * CONTROL_WIDTH)
        row = RESPONSE_SURFACES[surface]
        values = {
            "surface": surface,
            "dimensions": _slider("dimensions", 1, 4, 1),
            "trials": _slider("trials", 4, 100, 1),
            "repeats": _slider("repeats", 20, MOST_REPEATS, 20),
            "weight": _weight(surface),
            "share": _slider("share", 0.01, 0.3, 0.01, reason="" if row.is_target else "no target on this surface."),
            "moves": _control("moves"),
            "seed": lesson_control(PAGE, "seed", FIRST.seed, spec=SPECS["seed"], width=CONTROL_WIDTH),
        }
    with refusals():
        return SurfaceSearchJob.parse(values)


def _weight(surface: str) -> float:
    """Greyed out, with its value, where the surface decides it; each surface keeps its own."""
    fixed = RESPONSE_SURFACES[surface].weight
    return lesson_control(
        f"{PAGE}_{surface}",
        "weight",
        RESPONSE_SURFACES[surface].first_weight if fixed is None else fixed,
        spec=SURFACE_SPECS["weight"],
        low=0.0,
        high=1.0,
        step=0.05,
        reason="" if fixed is None else "this surface decides it.",
        width=CONTROL_WIDTH,
    )


def _control(name: str, *, width: int = CONTROL_WIDTH):
    return lesson_control(PAGE, name, getattr(FIRST, name), spec=SURFACE_SPECS[name], width=width)


def _slider(name: str, low: float, high: float, step: float, *, reason: str = ""):
    return lesson_control(
        PAGE,
        name,
        getattr(FIRST, name),
        spec=SURFACE_SPECS[name],
        low=low,
        high=high,
        step=step,
        reason=reason,
        width=CONTROL_WIDTH,
    )


def _show(job: SurfaceSearchJob, seen: RepeatedSnapshot) -> None:
    if seen.verdict is None:
        return
    surface = RESPONSE_SURFACES[job.surface]
    show_scores(seen, key=PAGE, title="Best score (1 at the optimum)")
    trials, said = st.columns(2, gap="large")
    with trials:
        show_trials(seen, key=PAGE, x_title="First hyperparameter (share of its range)", y_title="Score")
        if seen.shown is not None:
            why = words.why_sentence(seen.shown)
            st.caption(f"The last repeat; the dashed line or the band is the optimum. {why}")
    with said:
        show_numbers(words.verdict_sentences(seen.verdict))
        st.markdown(words.theory_table(job, surface, seen))
        st.caption(words.theory_sentence(job, surface))
