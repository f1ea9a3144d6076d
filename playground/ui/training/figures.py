"""The figures of a training run."""

import streamlit as st

from playground.charts.training.drawn_history import latest
from playground.jobs.training.snapshot import TrainingSnapshot
from playground.ui.words import best, kept_line, last_finite, loss_text, machine_line, seeds_line, share_text


def show_figures(snapshot: TrainingSnapshot) -> None:
    """The figures and what belongs to them."""
    show_metrics(snapshot)
    st.caption(f"{machine_line(snapshot)}  \n{about_figures(snapshot)}")


def show_metrics(snapshot: TrainingSnapshot) -> None:
    """The newest losses and accuracies; after a divergence the last finite ones."""
    figures = {"Training loss": ("train_loss", loss_text), "Validation loss": ("val_loss", loss_text)}
    if snapshot.config.is_classification:
        figures["Training accuracy"] = ("train_accuracy", share_text)
        figures["Validation accuracy"] = ("val_accuracy", share_text)
    with st.container(horizontal=True, key="figures"):
        for label, (column, text_of) in figures.items():
            st.metric(label, text_of(snapshot.kept.get(column, latest(snapshot, column))), width="content")


def about_figures(snapshot: TrainingSnapshot) -> str:
    """What belongs to the figures, in lines."""
    return "  \n".join([best(snapshot), *kept_line(snapshot), *seeds_line(snapshot), *last_finite(snapshot)])
