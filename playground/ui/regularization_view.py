"""Pictures of the lesson on regularization, one function for each part."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from playground.charts import penalties, ridge
from playground.jobs.penalties import PenaltiesJob, PenaltiesSnapshot
from playground.jobs.ridge import RidgeJob, RidgeSnapshot
from playground.ui import regularization_words as words
from playground.ui.chart import show_chart
from playground.ui.decision_map import show_decision_map
from playground.ui.lesson import show_numbers


def show(
    build: Callable[..., object], name: str, frame: pd.DataFrame, description: str, key: str = "", **arguments: object
) -> None:
    """One chart of these lessons."""
    show_chart(build, {name: frame}, description=description, key=key or f"regularization_{name}", **arguments)


def show_penalties(job: PenaltiesJob, shown: float, seen: PenaltiesSnapshot) -> None:
    """Zeros and accuracy on the left, the map and all weights on the right; results as they come."""
    kind, domain = job.kinds[0], (min(filter(None, job.strengths)), max(job.strengths))
    left, right = st.columns(2, gap="large")
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
        st.caption("All weights at each strength, no penalty on top; heights are square roots of counts.")
        data = penalties.weights_data(seen, kind, job.strengths)
        show(penalties.weights_chart, "weights", data, penalties.weights_alt(), num_layers=len(job.strengths))
    here = next((run for run in penalties.runs_of(seen, kind) if run.strength == shown), None)
    with right:
        st.caption(f"What the network with strength {shown:g} answers over the plane.")
        if here is not None and here.decision_map is not None:
            show_decision_map(here.decision_map, key="penalty_map")
        else:
            st.info("Not computed yet.")
    if penalties.runs_of(seen, kind):
        show_numbers(words.penalty_sentences(seen, shown))


def show_ridge(job: RidgeJob, seen: RidgeSnapshot) -> None:
    """Descent on the left, shrinking coefficients on the right, all numbers underneath."""
    left, right = st.columns(2, gap="large")
    with left:
        st.caption("How far gradient descent still is from the closed form.")
        show(ridge.descent_chart, "descent", ridge.descent_data(seen), ridge.descent_alt())
    with right:
        st.caption("The closed form at every strength.")
        show(ridge.ridge_path_chart, "ridge_path", ridge.ridge_path_data(seen), ridge.ridge_path_alt())
    if seen.exact is not None:
        numbers = {"Closed form": "%.5f", "Gradient descent": "%.5f", "Difference": "%.1e"}
        config = {name: st.column_config.NumberColumn(format=form) for name, form in numbers.items()}
        st.dataframe(ridge.ridge_table(seen), hide_index=True, column_config=config, key="ridge_table")
        show_numbers(words.ridge_sentences(seen, job.strength))
