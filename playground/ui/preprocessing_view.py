"""Pictures and sentences of the lesson on preprocessing, one function for each part."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from playground.charts import clouds, least_squares
from playground.jobs.before_after import BeforeAfterJob
from playground.jobs.before_after_snapshot import BeforeAfterSnapshot, Side
from playground.ui import preprocessing_words as words
from playground.ui.chart import show_chart
from playground.ui.lesson import show_numbers


def show_before_after(job: BeforeAfterJob, seen: BeforeAfterSnapshot) -> None:
    """Clouds beside each other; covariances, path and loss below."""
    if not seen.sides:
        return
    for place, kind, side in zip(st.columns(2, gap="large"), clouds.KINDS, seen.sides, strict=True):
        with place:
            _show_cloud(kind, side)
    left, middle, right = st.columns([4, 5, 5], gap="medium")
    with left:
        for kind, side in zip(clouds.KINDS, seen.sides, strict=True):
            st.caption(f"Covariance {kind}.")
            _show(clouds.covariance_chart, "covariance", clouds.covariance_data(side),
                  clouds.covariance_alt(kind=kind), key=f"covariance_{kind}")  # fmt: skip
    with middle:
        st.caption("One neuron learns by gradient descent: from the ring to the cross, a dot a step (150 at most).")
        _show(least_squares.descent_path_chart, "descent_path", least_squares.descent_path_data(seen.sides),
              least_squares.descent_path_alt())  # fmt: skip
    with right:
        st.caption("Its loss. Thin: the promise of the condition number. Dotted: the goal.")
        _show(least_squares.descent_loss_chart, "descent_loss", least_squares.descent_loss_data(seen.sides),
              least_squares.descent_loss_alt())  # fmt: skip
    show_numbers(words.before_after_sentences(seen, job))


def _show_cloud(kind: str, side: Side) -> None:
    st.caption(f"**{kind.capitalize()}**: condition number {words.figure(side.condition)}. Crossed lines: the origin.")
    _show(clouds.cloud_chart, "cloud", clouds.cloud_data(side), clouds.cloud_alt(kind=kind), key=f"cloud_{kind}",
          kind=kind, half=clouds.half_width(side), axes=side.axes)  # fmt: skip


def show_corrections(*names: str) -> None:
    """Claims of lecture notes, corrected."""
    st.markdown("\n".join(["**Corrected**", "", *(f"- {line}" for line in words.correction_lines(names))]))


def _show(
    build: Callable[..., object], name: str, frame: pd.DataFrame, description: str, key: str = "", **arguments: object
) -> None:
    show_chart(build, {name: frame}, description=description, key=f"preprocessing_{key or name}", **arguments)
