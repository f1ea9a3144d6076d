"""The parts of the lesson on normalization that watch one layer: running statistics, and weights times a number."""

from typing import Any

import streamlit as st

from playground.catalog.normalization_lesson import FACTOR_KINDS, FACTOR_START, RUNNING_CASES
from playground.charts.normalization import running_statistics as running_charts
from playground.charts.normalization import weight_scale as scale_charts
from playground.config import Config
from playground.jobs.normalization.running_statistics import RunningStatisticsJob, RunningStatisticsSnapshot
from playground.jobs.normalization.weight_scale import FACTORS, WeightScaleJob, WeightScaleSnapshot
from playground.parsing import number_text
from playground.spec import NETWORK, Spec
from playground.ui.chart import show_chart
from playground.ui.lesson import CONTROL_WIDTH, control_row, lesson_control, refusals, show_numbers
from playground.ui.normalization import words
from playground.ui.place.checks import one_of
from playground.ui.place.place import keep
from playground.ui.visit import session

MOMENTA = (0.01, 0.03, 0.1, 0.3, 1.0)
STATISTICS = {"mean": "Mean", "var": "Variance"}
MEASURES = {running_charts.LOSS: "Validation loss (nats)", running_charts.ACCURACY: "Validation accuracy (%)"}
EPSILONS = (1e-12, 1e-8, 1e-5, 1e-3)
PLACES = {
    "layer": Spec(group=NETWORK, low=1, high=2, label="Layer", help="Hidden layer of the unit, first one first."),
    "unit": Spec(group=NETWORK, low=1, high=64, label="Unit", help="Of this layer; each has its own statistics."),
}


def running_job() -> RunningStatisticsJob:
    """A training run with batch normalization, and the unit that is watched."""
    case = _choose_case()
    start = {"seed": 0, **RUNNING_CASES[case][1]}
    page = "running" if case == next(iter(RUNNING_CASES)) else f"running_{case}"  # each case has controls of its own
    with control_row():
        momentum = _choose(
            "Momentum",
            MOMENTA,
            0.1,
            key="running_momentum",
            help="Share of the new batch in the running statistics; the lecture names the share that is kept instead.",
            text=lambda momentum: f"{momentum:g}, keeps {1 - momentum:g}",
        )
        names = ("batch_size", "learning_rate", "num_epochs", "seed")
        values = {name: lesson_control(page, name, start[name], width=CONTROL_WIDTH) for name in names}
        places = {name: lesson_control(page, name, 1, spec=spec, width=CONTROL_WIDTH) for name, spec in PLACES.items()}
    with refusals():
        return RunningStatisticsJob(Config.parse({**start, **values}), momentum=momentum, **places)


def _choose_case() -> str:
    return st.selectbox(
        "Run",
        list(RUNNING_CASES),
        format_func=lambda case: RUNNING_CASES[case][0],
        key=keep("running_case", next(iter(RUNNING_CASES)), one_of(RUNNING_CASES), label="Run"),
        help="In the last three, few steps are enough to see how far apart running averages and fresh statistics are.",
        persist_state="session",
        width=2 * CONTROL_WIDTH,
    )


def _choose(label: str, options: tuple[float, ...], start: float, *, key: str, help: str, text: Any) -> float:
    return st.selectbox(
        label,
        options,
        key=keep(key, start, one_of(options), label=label),
        help=help,
        format_func=text,
        persist_state="session",
        width=CONTROL_WIDTH,
    )


def show_running(job: RunningStatisticsJob, seen: RunningStatisticsSnapshot) -> None:
    """Mean and variance of the unit, and the validation split in all modes."""
    for column, (statistic, title) in zip(st.columns(2, gap="large"), STATISTICS.items(), strict=True):
        with column:
            show_chart(
                running_charts.statistic_chart,
                {statistic: running_charts.statistic_data(seen, statistic=statistic)},
                description=running_charts.statistic_alt(title=title),
                key=f"running_{statistic}_chart",
                statistic=statistic,
                title=title,
            )
    for column, (measure, title) in zip(st.columns(2, gap="large"), MEASURES.items(), strict=True):
        with column:
            show_chart(
                running_charts.mode_chart,
                {"modes": running_charts.mode_data(seen, measure=measure)},
                description=running_charts.mode_alt(),
                key=f"running_{measure}_chart",
                measure=measure,
                title=title,
            )
    show_numbers(words.running_sentences(job, seen))


def weight_scale_job() -> WeightScaleJob:
    """A layer's weights times a number."""
    with control_row():
        factor = st.select_slider(
            "Weights times a",
            FACTORS,
            key=keep("factor_factor", FACTOR_START["factor"], one_of(FACTORS), label="Weights times a"),
            format_func=lambda a: f"{a:.3g}",
            help="Every weight is multiplied by it; 1 changes nothing.",
            persist_state="session",
            width=2 * CONTROL_WIDTH,
        )
        epsilon = _choose(
            "Epsilon",
            EPSILONS,
            FACTOR_START["epsilon"],
            key="factor_epsilon",
            help="Under the root; torch takes 1e-5. The smaller it is, the more exact the invariance.",
            text=number_text,
        )
        names = ("batch_size", "seed")
        values = {name: lesson_control("factor", name, FACTOR_START[name], width=CONTROL_WIDTH) for name in names}
    with refusals():
        return WeightScaleJob(FACTOR_KINDS, factor, epsilon, **values)


def show_weight_scale(job: WeightScaleJob, seen: WeightScaleSnapshot) -> None:
    """Change of the output on the left, gradient on the right."""
    columns = st.columns(2, gap="large")
    for column, measure in zip(columns, (scale_charts.OUTPUT, scale_charts.GRADIENT), strict=True):
        with column:
            show_chart(
                scale_charts.weight_scale_chart,
                {measure: scale_charts.weight_scale_data(seen, column=measure)},
                description=scale_charts.weight_scale_alt(column=measure),
                key=f"factor_{measure}",
                column=measure,
                normalizations=job.normalizations,
            )
    show_numbers(words.weight_scale_sentences(job, seen))


def with_normalization(normalization: str, **fields: Any) -> Config:
    """The visitor's Config with a normalization and other fields, as far as they fit."""
    changes = {**session.current_config().changes(), "normalization": normalization, **fields}
    return Config.salvage(changes)[0]
