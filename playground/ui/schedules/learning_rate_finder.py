"""The learning-rate range test of the visitor's own settings."""

import streamlit as st

from playground.catalog import DATASETS, LOSSES, OPTIMIZERS
from playground.charts.schedules import learning_rate_finder as charts
from playground.config import Config
from playground.jobs.schedules.learning_rate_finder import LearningRateFinderJob, LearningRateFinderSnapshot
from playground.parsing import number_text
from playground.ui.answer import show_answer
from playground.ui.chart import show_chart
from playground.ui.lesson import refusals, show_numbers, show_source
from playground.ui.place.checks import one_of, span_of
from playground.ui.place.place import keep, keep_span
from playground.ui.try_on_train import try_on_train
from playground.ui.visit import session

PAGE = "schedules"
DECADES = tuple(10.0**power for power in range(-8, 4))
START = (1e-6, 10.0)
NUMBERS_OF_UPDATES = (100, 150, 200, 400)


def show_learning_rate_finder() -> None:
    """Loss against a rising rate, for the session's Config."""
    config = session.current_config()
    st.write(
        "Train for a moment with a rate that rises at each update. Where does the loss begin to fall, where is it at "
        f"its bottom, and where does it blow up? Tested: your own settings, {_words(config)}."
    )
    picture, controls = st.columns([7, 2], gap="large")
    with controls:
        job = _job(config)
    with picture:
        show_answer(job, _show, key=f"{PAGE}_range")
    show_source("Smith, Cyclical learning rates for training neural networks, 2017, arXiv:1506.01186")


def _words(config: Config) -> str:
    return f"{DATASETS[config.dataset].label.lower()} with {OPTIMIZERS[config.optimizer].label}"


def _job(config: Config) -> LearningRateFinderJob:
    low, high = st.select_slider(
        "Rates",
        DECADES,
        format_func=number_text,
        **keep_span(f"{PAGE}_rates", START, span_of(one_of(DECADES)), label="Rates"),
        help="First and last rate; 1e-6 to 10 holds nearly every good one.",
        persist_state="session",
    )
    num_updates = st.select_slider(
        "Updates",
        NUMBERS_OF_UPDATES,
        key=keep(f"{PAGE}_updates", NUMBERS_OF_UPDATES[1], one_of(NUMBERS_OF_UPDATES), label="Updates"),
        help="How many updates the rise takes; 100 to 200 is usual.",
        persist_state="session",
    )
    with refusals():
        return LearningRateFinderJob(config, low, high, num_updates)


def _show(snapshot: LearningRateFinderSnapshot) -> None:
    config = session.current_config()
    unit, suggested = LOSSES[config.loss].unit, snapshot.learning_rate
    show_chart(
        charts.learning_rate_finder_chart,
        {"learning_rate_finder": charts.learning_rate_finder_data(snapshot)},
        description=charts.learning_rate_finder_alt(unit=unit),
        key=f"{PAGE}_range_chart",
        unit=unit,
    )
    with st.container(horizontal=True):
        is_there = suggested is None or config.learning_rate == suggested
        label = "Use the suggested rate" if suggested is None else f"Use the suggested rate, {suggested:g}"
        if st.button(label, type="primary", key=f"{PAGE}_use_rate", disabled=is_there):
            session.change_field("learning_rate", suggested)
            st.rerun()
        try_on_train(config, key=f"{PAGE}_try_rate")
    show_numbers(_sentences(snapshot, config))


def _sentences(snapshot: LearningRateFinderSnapshot, config: Config) -> list[str]:
    yours = f"Your learning rate is {config.learning_rate:g}."
    if snapshot.learning_rate is None:
        if snapshot.status == "finished":
            return ["The loss never fell by more than 2%, so no rate is suggested. Try more updates.", yours]
        return ["Nothing yet.", yours]
    return [
        f"The smoothed loss falls fastest at {snapshot.steepest:.2g} and is at its bottom up to {snapshot.lowest:.2g}.",
        "The rule: good rates lie between the steepest descent and a tenth of the last rate at the bottom, here "
        f"{snapshot.low:.2g} to {snapshot.high:.2g}; suggested is the upper end. "
        "The test ends when the loss is 4 times its lowest.",
        "It is cautious: the first rates are spent on a fresh network, and a warm-up or a decay allows more. " + yours,
    ]
