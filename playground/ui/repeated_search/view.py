"""A repeated search as the page shows it: how good, how much better, and why."""

import streamlit as st

from playground.charts.repeated_search import best as repeated_best
from playground.charts.repeated_search import trials as repeated_trials
from playground.jobs.repeated_search.snapshot import RepeatedSnapshot
from playground.ui.chart import show_chart


def show_scores(seen: RepeatedSnapshot, *, key: str, title: str, is_share: bool = False) -> None:
    """Best scores of both methods, and their difference repeat by repeat.

    Args:
        title: of the score, with its unit.
        is_share: it is shown in percent.
    """
    scores, differences = st.columns(2, gap="large")
    with scores:
        show_chart(
            repeated_best.best_scores_chart,
            {"best_scores": repeated_best.best_scores_data(seen.grid, seen.random, is_share=is_share)},
            description=repeated_best.best_scores_alt(),
            key=f"{key}_scores",
            title=title,
            is_share=is_share,
        )
    with differences:
        show_chart(
            repeated_best.differences_chart,
            {"differences": repeated_best.differences_data(seen.grid, seen.random, seen.verdict)},
            description=repeated_best.differences_alt(),
            key=f"{key}_differences",
            title="Random's best − grid's best" + (" (percentage points)" if is_share else ""),
            is_share=is_share,
        )


def show_trials(
    seen: RepeatedSnapshot,
    *,
    key: str,
    x_title: str,
    y_title: str,
    axis: int = 0,
    domain: tuple[float, float] = (0.0, 1.0),
    is_log: bool = False,
    is_share: bool = False,
) -> None:
    """The last repeat over one axis; arguments as `repeated_trials_chart`."""
    show_chart(
        repeated_trials.repeated_trials_chart,
        {"trials": repeated_trials.repeated_trials_data(seen.shown, axis=axis)},
        description=repeated_trials.repeated_trials_alt(),
        key=f"{key}_trials",
        x_title=x_title,
        y_title=y_title,
        domain=domain,
        is_log=is_log,
        is_share=is_share,
    )
