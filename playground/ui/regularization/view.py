"""Pictures of the lesson on regularization, one function for each part."""

from functools import partial

import streamlit as st

from playground.charts.regularization import dropout, penalties, ridge
from playground.charts.training import curves
from playground.jobs.comparison.snapshot import CompareSnapshot
from playground.jobs.regularization.dropout import DropoutJob, DropoutSnapshot
from playground.jobs.regularization.penalties import PenaltiesJob, PenaltiesSnapshot
from playground.jobs.regularization.ridge import RidgeJob, RidgeSnapshot
from playground.jobs.regularization.stopping import early_stopping
from playground.jobs.training.snapshot import TrainingSnapshot
from playground.ui.chart import show_lesson_chart
from playground.ui.comparison import show_comparison
from playground.ui.decision_map import show_decision_map
from playground.ui.lesson import show_numbers
from playground.ui.regularization import words

show = partial(show_lesson_chart, "regularization")


def show_penalties(job: PenaltiesJob, shown: float, seen: PenaltiesSnapshot) -> None:
    """Zeros and accuracy on the left, the map and all weights on the right; results as they come."""
    kind, domain = job.kinds[0], (min(filter(None, job.strengths)), max(job.strengths))
    left, right = st.columns([4, 5], gap="large")
    with left:
        for column in penalties.TITLES:
            show(
                penalties.penalty_chart,
                column,
                penalties.penalty_data(seen, column=column),
                penalties.penalty_alt(column=column),
                column=column,
                kinds=job.kinds,
                domain=domain,
            )
    here = next((run for run in penalties.runs_of(seen, kind) if run.strength == shown), None)
    with right:
        st.caption(f"What the network with strength {shown:g} answers over the plane.")
        if here is not None and here.decision_map is not None:
            show_decision_map(here.decision_map, key="penalty_map")
        else:
            st.info("Not computed yet.")
    st.caption("All weights at each strength, no penalty on top; heights are square roots of counts.")
    data = penalties.weights_data(seen, kind, job.strengths)
    show(penalties.weights_chart, "weights", data, penalties.weights_alt(), num_layers=len(job.strengths))
    if penalties.runs_of(seen, kind):
        show_numbers(words.penalty_sentences(seen, shown))


def show_ridge(job: RidgeJob, seen: RidgeSnapshot) -> None:
    """Descent on the left, shrinking coefficients on the right, all numbers underneath."""
    left, right = st.columns(2, gap="large")
    with left:
        st.caption("How far gradient descent still is from the closed form.")
        show(ridge.descent_chart, "descent", ridge.descent_data(seen), ridge.descent_alt())
    with right:
        st.caption(
            "The closed form at every strength; bmi: body mass index, bp: blood pressure, s1 to s6: blood values."
        )
        show(ridge.ridge_path_chart, "ridge_path", ridge.ridge_path_data(seen), ridge.ridge_path_alt())
    if seen.exact is not None:
        numbers = {"Closed form": "%.5f", "Gradient descent": "%.5f", "Difference": "%.1e"}
        config = {name: st.column_config.NumberColumn(format=form) for name, form in numbers.items()}
        table = ridge.ridge_table(seen)
        st.dataframe(table, height="content", hide_index=True, column_config=config, key="ridge_table")
        show_numbers(words.ridge_sentences(seen, job.strength))


def show_dropout(job: DropoutJob, step: int, seen: DropoutSnapshot) -> None:
    """The mask of a step, single answers against evaluation, and how averaging comes to scaling."""
    left, right = st.columns(2, gap="large")
    masks = seen.masks[step - 1] if seen.masks else ()
    with left:
        kept = " and ".join(f"{sum(layer)} of {len(layer)}" for layer in masks)
        st.caption(f"Step {step} of training: {kept} units of the hidden layers are kept." if masks else "&nbsp;")
        show(dropout.network_chart, "dropout_network", dropout.network_data(masks), dropout.network_alt())
    with right:
        st.caption("Weight scaling, which costs one pass, against the mean of K masks, which costs K.")
        show(dropout.averaging_chart, "dropout_averaging", dropout.averaging_data(seen), dropout.averaging_alt())
    st.caption("Digits: a dot is the answer under one mask, as in training; the bar is the answer in evaluation.")
    show(dropout.output_chart, "dropout_outputs", dropout.output_data(seen), dropout.output_alt())
    if seen.differences:
        show_numbers(words.dropout_sentences(seen, job.config.dropout))


def show_noise(seen: CompareSnapshot) -> None:
    """Four runs side by side."""
    if seen.runs:
        show_comparison(seen, key="regularization_noise", unit="nats", is_classification=True)
        show_numbers(words.noise_sentences(seen))


def show_stopping(patience: int, seen: TrainingSnapshot) -> None:
    """Loss and accuracy with the best epoch marked."""
    left, right = st.columns(2, gap="large")
    with left:
        show(curves.loss_chart, "loss", curves.loss_data(seen), curves.loss_alt(unit="nats"), unit="nats")
    with right:
        show(curves.accuracy_chart, "accuracy", curves.accuracy_data(seen), curves.accuracy_alt())
    if seen.has_ended and len(seen.history["val_loss"]) == seen.epoch + 1:
        found = early_stopping(seen.history["val_loss"].tolist(), patience)
        show_numbers(words.stopping_sentences(found, seen, patience))
