"""Pictures and sentences of the lesson on activations, one function for each part."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from playground.catalog import DATASETS
from playground.charts.activations import curves as activation_curves
from playground.charts.activations import dead_units, gradient_depth, positive_inputs
from playground.charts.activations import extras as activation_extras
from playground.jobs.activations.cost import ActivationCostSnapshot
from playground.jobs.activations.curves import ActivationCurvesSnapshot
from playground.jobs.activations.dead_units import DeadUnitsJob, DeadUnitsSnapshot
from playground.jobs.activations.positive_inputs import CENTRED, KINDS, PositiveInputsSnapshot
from playground.jobs.signal.signals import SignalsSnapshot
from playground.ui.activations import words
from playground.ui.chart import show_lesson_chart
from playground.ui.lesson import show_numbers

_show = partial(show_lesson_chart, "activations")


def show_functions(seen: ActivationCurvesSnapshot) -> None:
    """f and f' beside each other, then the table and the identity."""
    if not seen.curves:
        return
    names, labels = zip(*((curve.name, curve.label) for curve in seen.curves), strict=True)
    for place, column in zip(st.columns(2, gap="large"), activation_curves.TITLES, strict=True):
        with place:
            data = activation_curves.function_data(seen, column)
            _show(activation_curves.function_chart, "functions", data, activation_curves.function_alt(column=column),
                  key=column, column=column, names=names, labels=labels)  # fmt: skip
    st.caption(
        "A thick band under a line: saturated, the slope is below 5% of the steepest. The dotted rule is where the "
        "table reads; thin dotted lines are maxout's pieces. Parameters: of one of 100 units with 64 inputs."
    )
    table, identity = st.columns([3, 2], gap="large")
    with table:
        st.dataframe(
            activation_curves.function_table(seen), hide_index=True, height="content", key="activations_table",
            column_config={"Activation": st.column_config.Column(width=140)},
        )  # fmt: skip
        show_numbers(words.curve_sentences(seen))
    with identity:
        _show(activation_extras.identity_chart, "identity", activation_extras.identity_data(seen),
              activation_extras.identity_alt())  # fmt: skip
    show_corrections(words.curve_corrections(seen))


def show_costs(names: Sequence[str], seen: ActivationCostSnapshot) -> None:
    """Bars, the chosen activations in the table's order."""
    if not seen.nanoseconds:
        return
    data = activation_extras.cost_data(seen, names)
    _show(activation_extras.cost_chart, "costs", data, activation_extras.cost_alt(), num_rows=len(names) + 1)
    show_numbers(words.cost_sentences(seen, names))
    show_corrections({"exp_cost": "", "six_times": ""})


def show_depth(names: tuple[str, ...], seen: SignalsSnapshot) -> None:
    """One picture of all stacks."""
    data = gradient_depth.gradient_depth_data(seen)
    if data.empty:
        return
    _show(gradient_depth.gradient_depth_chart, "gradient_depth", data, gradient_depth.gradient_depth_alt(),
          names=names)  # fmt: skip
    show_numbers(words.depth_sentences(seen))


def show_positive(seen: PositiveInputsSnapshot) -> None:
    """Signs of both kinds of inputs, their paths and their distances."""
    if not seen.runs or not seen.runs[0].steps:
        return
    for place, run in zip(st.columns(2, gap="large"), seen.runs, strict=True):
        with place:
            drawn = "from [0, 1]" if run.kind != CENTRED else "the same minus 1/2"
            st.caption(f"Inputs {run.kind} ({drawn}): sign of each weight's gradient in the first steps.")
            _show(positive_inputs.sign_chart, "signs", positive_inputs.sign_data(run),
                  positive_inputs.sign_alt(kind=run.kind), key=f"signs_{KINDS.index(run.kind)}",
                  num_inputs=run.signs.shape[-1])  # fmt: skip
    left, right = st.columns(2, gap="large")
    with left:
        st.caption("The first two weights, from the ring to the star.")
        _show(positive_inputs.path_chart, "neuron_paths", positive_inputs.path_data(seen), positive_inputs.path_alt())
    with right:
        st.caption("How far all weights still have to go, as a share of the first distance.")
        _show(positive_inputs.distance_chart, "distances", positive_inputs.distance_data(seen),
              positive_inputs.distance_alt())  # fmt: skip
    show_numbers(words.positive_sentences(seen))


def show_dead(job: DeadUnitsJob, seen: DeadUnitsSnapshot) -> None:
    """Shares over the epochs, and the first two networks over the cloud where there is one."""
    config = job.runs[0][1]
    names = tuple(run.name for run in seen.runs)
    places = st.columns([4, 3, 3] if seen.points is not None else 1, gap="medium")
    with places[0]:
        st.caption("Units that are above 0 for no training sample, over the epochs.")
        _show(dead_units.silent_chart, "silent", dead_units.silent_data(seen), dead_units.silent_alt(),
              names=names, num_epochs=config.num_epochs)  # fmt: skip
    extent = DATASETS[config.dataset].extent
    for number, (place, run) in enumerate(zip(places[1:], seen.runs, strict=False)):
        with place:
            st.caption(f"{run.name}: each unit is 0 on its line; dashed and red, it never fires.")
            _show(dead_units.cloud_chart, "cloud", dead_units.cloud_data(seen, run, extent=extent),
                  dead_units.cloud_alt(), key=f"cloud_{number}", extent=extent)  # fmt: skip
    show_numbers(words.dead_sentences(seen))
    show_corrections({"positive_bias": ""})


def show_corrections(figures: dict[str, str]) -> None:
    """Claims of lecture notes, corrected."""
    st.markdown("\n".join(["**Corrected**", "", *(f"- {line}" for line in words.correction_lines(figures))]))
