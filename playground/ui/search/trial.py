"""One trial of a search: its values, its curves, and the way to the Train page."""

import streamlit as st

from playground.catalog import LOSSES, SEARCH_METHODS
from playground.charts.search import trial as charts
from playground.charts.search.scores import score_of, score_text
from playground.jobs.search.remarks import lost_folds_words
from playground.parsing import ConfigError
from playground.train.search.trials import Trial
from playground.ui.chart import show_chart
from playground.ui.search.run import Stage
from playground.ui.search.words import params_text
from playground.ui.try_on_train import try_on_train


def show_trial(stage: Stage) -> None:
    """The trial that was clicked; without one, nothing."""
    trial = next((trial for trial in stage.trials if trial.number == stage.chosen), None)
    if trial is None:
        return
    with st.container(border=True, key="search_trial"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{SEARCH_METHODS[trial.method].label}, trial {trial.number + 1}**", width="content")
            _show_way(stage, trial)
        is_share, num_folds = stage.job.config.is_classification, stage.job.config.num_folds
        params = params_text(trial, stage.job.space)
        st.markdown(f"{params[0].upper()}{params[1:]}.  \n{outcome(trial, is_share, num_folds)}{_shared(trial)}")
        _show_curves(stage, trial)


def outcome(trial: Trial, is_share: bool, num_folds: int = 0) -> str:
    """How a trial stands or ended, in one line."""
    score = score_of(trial, is_share=is_share)
    if score is None:
        return f"Status: {lost_folds_words(trial, num_folds) or trial.status}; no score."
    std = trial.val_accuracy_std if is_share else trial.val_loss_std
    spread = "" if std is None else f" ± {score_text(std, is_share=is_share)} over the folds"
    word = "accuracy" if is_share else "loss"
    return (
        f"Validation {word} {score_text(score, is_share=is_share)}{spread}, after its best epoch, {trial.best_epoch}. "
        f"Status: {trial.status}, {trial.num_epochs} epochs."
    )


def _shared(trial: Trial) -> str:
    """Whose training it is, where it has none of its own."""
    return "" if trial.same_as is None else f" It is the same training as trial {trial.same_as + 1}, trained once."


def _show_way(stage: Stage, trial: Trial) -> None:
    try:
        config = trial.config(stage.job.config).replace(num_folds=0)
    except ConfigError as error:
        st.caption(str(error))
        return
    try_on_train(config, key="search_try", label="Open on Train")


def _show_curves(stage: Stage, trial: Trial) -> None:
    if trial.curve is None or not len(trial.curve.epoch):
        st.caption("It has no curves yet.")
        return
    config = stage.job.config
    unit, num_epochs = LOSSES[config.loss].unit, config.num_epochs
    losses, accuracies = st.columns(2, gap="medium")
    with losses:
        show_chart(
            charts.trial_loss_chart,
            {"trial_loss": charts.trial_loss_data(trial.curve)},
            description=charts.trial_loss_alt(unit=unit),
            key="search_trial_loss",
            unit=unit,
            num_epochs=num_epochs,
        )
    if config.is_classification:
        with accuracies:
            show_chart(
                charts.trial_accuracy_chart,
                {"trial_accuracy": charts.trial_accuracy_data(trial.curve)},
                description=charts.trial_accuracy_alt(),
                key="search_trial_accuracy",
                num_epochs=num_epochs,
            )
