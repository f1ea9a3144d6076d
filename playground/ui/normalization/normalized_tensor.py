"""The part of the lesson on normalization that shows one tensor: controls, picture and numbers."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from playground.catalog import NORMALIZATIONS
from playground.catalog.normalization_lesson import TENSOR_KIND, TENSOR_START
from playground.charts.normalization import normalized_tensor as charts
from playground.jobs.normalization.normalized_tensor import KINDS, TENSOR_SPECS, NormalizedTensorJob
from playground.jobs.normalization.normalized_tensor_snapshot import NormalizedTensorSnapshot
from playground.ui.chart import show_chart
from playground.ui.lesson import CONTROL_WIDTH, control_row, lesson_control, refusals, show_numbers
from playground.ui.normalization import words
from playground.ui.normalization.tensor_cells import show_tensor
from playground.ui.place.checks import one_of, switch
from playground.ui.place.place import keep, key_of, put

CANVAS, KIND, SHOWN = "tensor_canvas", "tensor_kind", "tensor_shown"
_CLICKED, _DRAWN = "tensor_clicked", "tensor_drawn"


def tensor_job() -> NormalizedTensorJob:
    """A tensor, its gain and shift, and the cell that is looked at."""
    with control_row():
        values = {name: _control(name) for name in ("num_samples", "num_channels", "side")}
        values |= {"num_groups": _choose_groups(values["num_channels"]), "seed": _control("seed")}
    with control_row():
        limits = {"sample": values["num_samples"], "channel": values["num_channels"], "position": values["side"] ** 2}
        values |= {name: _choose_place(name, high) for name, high in limits.items()}
        undoes = st.toggle(
            "γ = std, β = mean",
            key=keep("tensor_undoes", False, switch, label="γ = std, β = mean"),
            help="Gain and shift put back what normalization took away, with the statistics of the chosen sample.",
            persist_state="session",
        )
        reason = "They come from the statistics." if undoes else ""
        affine = {name: _control(name, reason=reason) for name in ("gain", "shift")}
    with refusals():
        return NormalizedTensorJob(**values, **({} if undoes else affine), undoes=undoes)


def _control(name: str, **more: Any) -> Any:
    return lesson_control("tensor", name, TENSOR_START[name], spec=TENSOR_SPECS[name], width=CONTROL_WIDTH, **more)


def _choose_groups(num_channels: int) -> int:
    divisors = [number for number in range(1, num_channels + 1) if num_channels % number == 0]
    start = divisors[min(1, len(divisors) - 1)]
    return st.selectbox(
        "Groups",
        divisors,
        key=keep(f"tensor_groups_{num_channels}", start, one_of(divisors), label="Groups"),
        help="Of group normalization; a number that divides the channels.",
        persist_state="session",
        width=CONTROL_WIDTH,
    )


def _choose_place(name: str, high: int) -> int:
    """Where the chosen cell is along one axis, moved in when the tensor has become smaller."""
    spec = replace(TENSOR_SPECS[name], high=high)
    key = key_of(f"tensor_{name}")
    if st.session_state.get(key, 0) > high:
        st.session_state[key] = high
    return lesson_control("tensor", name, TENSOR_START[name], spec=spec, width=CONTROL_WIDTH)


def choose_kind() -> str:
    """Key of the normalization whose numbers are shown."""
    return st.segmented_control(
        "Numbers of",
        KINDS,
        key=keep(KIND, TENSOR_KIND, one_of(KINDS), label="Numbers of"),
        required=True,
        format_func=lambda name: NORMALIZATIONS[name].label,
        persist_state="session",
    )


def choose_shown() -> str:
    """Whether the picture has the values before or after."""
    sides = (charts.BEFORE, charts.AFTER)
    key = keep(SHOWN, charts.BEFORE, one_of(sides), label="Colours")
    return st.segmented_control("Colours", sides, key=key, required=True, persist_state="session")


def show_normalized(job: NormalizedTensorJob, kind: str, shown: str, seen: NormalizedTensorSnapshot) -> None:
    """The tensor once for each normalization, and the numbers of one of them."""
    if st.session_state.pop(_CLICKED, False):
        st.rerun()  # the canvas reruns its own fragment only, and the cell is a control of the page
    if seen.values is not None and seen.values.shape == job.shape:
        st.session_state[_DRAWN] = job, seen
    if _DRAWN not in st.session_state:
        return
    job, seen = st.session_state[_DRAWN]  # while computing, the picture before
    payload = charts.tensor_payload(job, seen, shown=shown, chosen=kind)
    show_tensor(payload, key=CANVAS, on_cell_change=lambda: _take_cell(job))
    under = next(one for one in seen.kinds if one.name == kind)
    st.markdown(words.cell_formula(under), width="content")
    show_chart(
        charts.cells_chart, {"cells": charts.cells_data(under)}, description=charts.cells_alt(), key="tensor_cells"
    )
    show_numbers(words.tensor_sentences(under, seen.identities, undoes=job.undoes))


def _take_cell(job: NormalizedTensorJob) -> None:
    """Make the clicked cell the chosen one, and its panel the one whose numbers are shown."""
    clicked = st.session_state[CANVAS].get("cell")
    is_sound = isinstance(clicked, Mapping) and clicked.get("panel") in KINDS and isinstance(clicked.get("cell"), int)
    if not is_sound or not 0 <= clicked["cell"] < job.num_cells:
        return  # a raw client can send anything
    block, position = divmod(clicked["cell"], job.side**2)
    sample, channel = divmod(block, job.num_channels)
    for name, place in {"sample": sample, "channel": channel, "position": position}.items():
        put(f"tensor_{name}", place + 1)
    put(KIND, clicked["panel"])
    st.session_state[_CLICKED] = True
