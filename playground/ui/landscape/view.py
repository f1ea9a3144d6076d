"""What the page "Real loss" shows of a landscape while it comes in."""

from typing import Any

import pandas as pd
import streamlit as st

from playground.catalog import LOSSES, OPTIMIZERS
from playground.charts.landscape import picture as landscape
from playground.charts.landscape import words as landscape_words
from playground.jobs.landscape.job import LandscapeJob
from playground.jobs.landscape.settings import BEST, LANDSCAPE_SPECS, MINI, OWN, PCA, RANDOM, SHARED, WHOLE
from playground.jobs.landscape.snapshot import LandscapeSnapshot
from playground.ui.chart import show_chart
from playground.ui.landscape.canvas import show_landscape
from playground.ui.lesson import lesson_control, refusals, show_numbers
from playground.ui.place.checks import one_of
from playground.ui.place.place import keep
from playground.ui.try_on_train import try_on_train
from playground.ui.visit import session

PAGE = "real_loss"
BUTTON = "Draw the surface"
# widths and names of the controls of each row; "" is the button
ROWS = (
    ((4, 1, 1), ("optimizers", "num_steps", "resolution")),
    ((1, 1, 1, 1, 0.8), ("rates", "batches", "plane", "centre", "")),
)
CHOICE_LABELS = {
    OWN: "Each its usual one",
    SHARED: "One for all",
    WHOLE: "Whole training set",
    MINI: "Minibatches",
    PCA: "PCA of the paths",
    RANDOM: "Random, filter by filter",
    BEST: "The best run",
    **{name: row.label for name, row in OPTIMIZERS.items()},
}


def choose_landscape() -> LandscapeJob:
    """Controls and their button; the job that was last asked for with it, the usual one at first."""
    values = {}
    with st.form(PAGE, border=True):
        for widths, names in ROWS:
            for column, name in zip(st.columns(widths, vertical_alignment="bottom"), names, strict=True):
                with column:
                    values[name] = _control(name) if name else st.form_submit_button(BUTTON, type="primary")
    values.pop("")
    with refusals():
        return LandscapeJob(session.current_config(), **values)


def _control(name: str) -> Any:
    spec, start = LANDSCAPE_SPECS[name], getattr(LandscapeJob, name)
    if not spec.choices:
        value = lesson_control(PAGE, name, start, spec=spec)
        return tuple(value) if spec.is_sequence else value
    key = keep(f"{PAGE}_{name}", start, one_of(spec.choices), label=spec.label)
    return st.selectbox(
        spec.label, spec.choices, format_func=CHOICE_LABELS.get, key=key, help=spec.help, persist_state="session"
    )


def show_moment(job: LandscapeJob, snapshot: LandscapeSnapshot) -> None:
    """Paths and surface, the losses and curvatures beside them, and what the numbers say."""
    optimizers = tuple(run.optimizer for run in snapshot.runs) or job.optimizers
    left, right = st.columns([6, 5], gap="large")
    with left:
        st.caption("Training loss over the plane: a ring at the common start, a filled shape at each end.")
        show_landscape(snapshot, key="landscape")
    with right:
        st.caption("The true loss of each path. It need not be the loss that the map shows beneath it.")
        show_chart(
            landscape.path_loss_chart,
            {"path_losses": landscape.path_loss_data(snapshot)},
            description=landscape.path_loss_alt(),
            key="path_losses",
            optimizers=optimizers,
            unit=LOSSES[job.config.loss].unit,
        )
        st.caption("How sharply the loss bends, and the most that plain descent bears (2 / learning rate for SGD).")
        show_chart(
            landscape.curvature_chart,
            {"curvatures": landscape.curvature_data(snapshot)},
            description=landscape.curvature_alt(),
            key="curvatures",
            optimizers=optimizers,
        )
    for note in snapshot.notes:
        st.info(note)
    sentences = landscape_words.landscape_sentences(job, snapshot)
    if sentences:
        show_numbers(sentences)
        st.dataframe(pd.DataFrame(landscape_words.ends_table(snapshot)), hide_index=True, key="ends")
        config = landscape_words.best_config(job, snapshot)
        try_on_train(config, key="try_landscape", label=f"Try {OPTIMIZERS[config.optimizer].label} on Train")
