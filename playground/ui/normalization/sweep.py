"""The parts of the lesson on normalization that train many networks: controls, picture and numbers."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from playground.catalog import NORMALIZATIONS
from playground.catalog.normalization_lesson import (
    BATCH_KINDS,
    BATCH_SIZES,
    BATCH_START,
    GROUPS,
    RATE_START,
    RATES,
    SCALE_START,
    SCALES,
    SWEPT_KINDS,
    WORTH_A_LOOK,
)
from playground.charts.normalization import sweep as charts
from playground.config import Config
from playground.jobs.normalization.sweep import NormalizationSweepJob, NormalizationSweepSnapshot
from playground.parsing import number_text
from playground.ui.chart import show_chart
from playground.ui.lesson import CONTROL_WIDTH, control_row, lesson_control, refusals, show_numbers
from playground.ui.normalization import words
from playground.ui.place.checks import number, one_of, some_of, switch
from playground.ui.place.place import keep
from playground.ui.try_on_train import try_on_train


def batch_job() -> NormalizationSweepJob:
    """Batch sizes from 64 down to 1."""
    kinds = _choose_kinds("batches", BATCH_KINDS)
    with control_row():
        config = _choose_config("batches", BATCH_START, ("learning_rate", "num_epochs", "seed"))
        scales_rate = st.toggle(
            "Scale the rate",
            key=keep("batches_scales_rate", True, switch, label="Scale the rate"),
            help="Learning rate × batch size / 64: in an epoch the weights go as far with small batches as with large.",
            persist_state="session",
        )
    with refusals():
        return NormalizationSweepJob(config, "batch_size", BATCH_SIZES, kinds, scales_rate)


def rate_job() -> NormalizationSweepJob:
    """Learning rates in steps of about three."""
    kinds = _choose_kinds("rates", SWEPT_KINDS)
    with control_row():
        config = _choose_config("rates", RATE_START, ("activation", "initializer", "num_epochs", "seed"))
    with refusals():
        return NormalizationSweepJob(config, "learning_rate", RATES, kinds)


def scale_job() -> NormalizationSweepJob:
    """Standard deviations of the first weights."""
    kinds = _choose_kinds("scales", SWEPT_KINDS)
    with control_row():
        config = _choose_config("scales", SCALE_START, ("activation", "learning_rate", "num_epochs", "seed"))
    with refusals():
        return NormalizationSweepJob(config, "init_scale", SCALES, kinds)


def choose_level(page: str, start: float) -> float:
    """Accuracy from which on a run counts as trained."""
    return st.slider(
        "Trained from",
        0.3,
        0.99,
        step=0.01,
        format="percent",
        key=keep(f"{page}_level", start, number(0.3, 0.99), label="Trained from"),
        help="Accuracy from which on a run counts as trained; the dashed line.",
        persist_state="session",
        width=2 * CONTROL_WIDTH,
    )


def _choose_kinds(page: str, start: tuple[str, ...]) -> tuple[str, ...]:
    """Normalizations that stand side by side, in the order of their table; at least one."""
    chosen = st.pills(
        "Normalizations",
        list(NORMALIZATIONS),
        selection_mode="multi",
        format_func=lambda name: NORMALIZATIONS[name].label,
        key=keep(f"{page}_kinds", list(start), some_of(NORMALIZATIONS), label="Normalizations"),
        help=f"Each trains the same network; where there are groups, {GROUPS} of them.",
        persist_state="session",
    )
    if not chosen:
        st.warning("Choose at least one normalization.")
        st.stop()
    return tuple(name for name in NORMALIZATIONS if name in chosen)


def _choose_config(page: str, start: Mapping[str, Any], names: tuple[str, ...]) -> Config:
    start = {"seed": 0, "num_groups": GROUPS, **start}
    values = {name: lesson_control(page, name, start[name], width=CONTROL_WIDTH) for name in names}
    with refusals():
        return Config.parse({**start, **values})


def show_sweep(job: NormalizationSweepJob, column: str, level: float | None, seen: NormalizationSweepSnapshot) -> None:
    """What each run came to, as far as they have."""
    show_chart(
        charts.sweep_chart,
        {"sweep": charts.sweep_data(seen.runs, column=column)},
        description=charts.sweep_alt(field=job.field),
        key=f"sweep_{job.field}",
        field=job.field,
        normalizations=job.normalizations,
        column=column,
        values=job.values,
        level=level,
    )
    if level is None:
        show_numbers(words.range_sentences(job, seen.runs, column))
    else:
        show_numbers(words.level_sentences(job, seen.runs, column, level))


def try_one(job: NormalizationSweepJob, page: str) -> None:
    """One run of the sweep, to look at on the Train page."""
    runs = {(kind, value): job.trainable(kind, value) for kind in job.normalizations for value in sorted(job.values)}
    usable = [run for run, config in runs.items() if config is not None]
    key = f"{page}_run_{'_'.join(job.normalizations)}"
    telling = [run for run in usable if run[1] == WORTH_A_LOOK[job.field]]
    mixing = [run for run in telling if NORMALIZATIONS[run[0]].mixes_samples]
    first = (mixing or telling or usable)[0]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Run to look at",
            usable,
            format_func=lambda run: f"{NORMALIZATIONS[run[0]].label}, {number_text(run[1])}",
            key=keep(key, first, one_of(usable), label="Run to look at"),
            persist_state="session",
            width=2 * CONTROL_WIDTH,
        )
        try_on_train(runs[chosen], key=f"try_{page}")
