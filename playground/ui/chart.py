"""A chart on the page: its spec is made once, afterwards only numbers travel."""

import threading
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Literal

import altair as alt
import numpy as np
import pandas as pd
import pyarrow as pa
import streamlit as st
from altair.utils.schemapi import debug_mode

from playground.charts.table import Rows, named, table

# A class that starts at once asks for one spec thirty times; and Altair's theme is one for all threads.
_one_at_a_time = threading.Lock()


def _spec(build: Callable[..., Any], arguments: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    with _one_at_a_time:
        return _built_spec(build, arguments)


@lru_cache(maxsize=256)
def _built_spec(build: Callable[..., Any], arguments: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    # Else Altair bakes a 300 x 300 view into the spec, and takes longer to check each part of it than to make it all;
    # tests/charts has every chart checked.
    with alt.theme.enable("none"), debug_mode(False):
        return build(**dict(arguments)).to_dict(validate=False)


def show_chart(
    build: Callable[..., Any],
    frames: dict[str, Rows],
    *,
    description: str,
    key: str,
    on_select: Callable[[], None] | Literal["ignore"] = "ignore",
    **arguments: Any,
) -> None:
    """Draw `build(**arguments)` over the named frames.

    Args:
        description: text alternative; constant during a run, because another one re-creates the chart.
        key: of the element; calls with the same key and arguments update one chart in place.
        on_select: called when a person selects something in a chart that has selections.
    """
    spec = _spec(build, tuple(sorted(arguments.items())))
    tables = {name: _table(frame) for name, frame in frames.items()}
    st.vega_lite_chart({**spec, "datasets": tables}, alt=description, key=key, on_select=on_select)


def show_lesson_chart(
    lesson: str, build: Callable[..., Any], name: str, rows: Rows, description: str, key: str = "", **arguments: Any
) -> None:
    """A chart that reads one table, among the many of a lesson.

    Args:
        lesson: first part of the element's key.
        name: of the table.
        key: the rest of the element's key; "" for the table's name.
    """
    show_chart(build, {name: rows}, description=description, key=f"{lesson}_{key or name}", **arguments)


def _table(frame: Rows) -> pa.Table:
    """The same as `pa.Table.from_pandas` makes, in half the time, which counts for small frames twice a second."""
    if isinstance(frame, pa.Table):
        return frame
    return table({name: _column(frame[name]) for name in frame.columns})


def _column(series: pd.Series) -> np.ndarray | pa.Array | pa.ChunkedArray:
    if isinstance(series.dtype, pd.CategoricalDtype) and isinstance(series.dtype.categories.dtype, pd.StringDtype):
        return named(series.array.codes, list(series.array.categories))
    if isinstance(series.dtype, np.dtype) and series.dtype.kind in "biuf":
        return series.to_numpy()
    return pa.Array.from_pandas(series)
