"""Runs side by side, as a page shows them."""

from collections.abc import Collection, Mapping

import streamlit as st

from playground.charts import comparison as compare
from playground.jobs.comparison.snapshot import CompareSnapshot
from playground.ui.chart import show_chart

COLUMNS = {"train_loss": "Training loss", "val_loss": "Validation loss", "val_accuracy": "Validation accuracy"}


def show_comparison(
    snapshot: CompareSnapshot,
    *,
    key: str,
    unit: str,
    is_classification: bool,
    looks: Mapping[str, int] | None = None,
    rates_of: Collection[str] = (),
) -> None:
    """Loss and accuracy of every run, and the learning rate of some underneath.

    Args:
        unit: of the loss.
        looks: name of a run -> its colour and dash; None: in their order.
        rates_of: runs whose learning rate is drawn.
    """
    room = max((run.name for run in snapshot.runs), key=len, default="")
    shown = ("train_loss", "val_accuracy") if is_classification else ("train_loss", "val_loss")
    for column, place in zip(shown, st.columns(2, gap="large"), strict=True):
        with place:
            _show_scores(snapshot, column, key, unit, looks, room)
    if not rates_of:
        _show_table(snapshot, is_classification, key)
        return
    rates, table = st.columns(2, gap="large")
    with rates:
        show_chart(
            compare.compare_rates_chart,
            {"compare_rates": compare.compare_rates_data(snapshot, rates_of, looks=looks)},
            description=compare.compare_rates_alt(),
            key=f"{key}_rates",
            room=room,
        )
    with table:
        _show_table(snapshot, is_classification, key)


def _show_scores(
    snapshot: CompareSnapshot, column: str, key: str, unit: str, looks: Mapping[str, int] | None, room: str
) -> None:
    """A line a run; `column` is one of COLUMNS."""
    is_share = column == "val_accuracy"
    title = COLUMNS[column] + ("" if is_share else f" ({unit})")
    show_chart(
        compare.compare_chart,
        {"compare": compare.compare_data(snapshot, column, looks=looks)},
        description=compare.compare_alt(title=title),
        key=f"{key}_{column}",
        title=title,
        is_share=is_share,
        room=room,
    )


def _show_table(snapshot: CompareSnapshot, is_classification: bool, key: str) -> None:
    config = {name: st.column_config.NumberColumn(format="%.3g") for name in ("Training loss", "Validation loss")}
    config["Validation accuracy"] = st.column_config.NumberColumn(format="percent") if is_classification else None
    st.dataframe(compare.compare_table(snapshot), hide_index=True, column_config=config, key=f"{key}_table")
    for run in snapshot.runs:
        if run.message:
            st.caption(f"{run.name}: {run.message}")
