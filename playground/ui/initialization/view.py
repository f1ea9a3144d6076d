"""Pictures and sentences of the lesson on initialization, one function for each part."""

from functools import partial

import streamlit as st

from playground.catalog import INITIALIZERS
from playground.catalog.signal_cases import SIGNAL_CASES
from playground.charts import histograms
from playground.charts.initialization import signal, symmetry
from playground.jobs.initialization.symmetry import SymmetryJob, SymmetrySnapshot
from playground.jobs.signal.job import SignalJob
from playground.jobs.signal.signals import SignalsJob, SignalsSnapshot
from playground.jobs.signal.snapshot import SignalSnapshot
from playground.jobs.signal.theory import weight_gain
from playground.ui.chart import show_lesson_chart
from playground.ui.initialization import words
from playground.ui.lesson import show_numbers

FORWARD_MAP = r"$q_1 = \sigma_w^2\,E[x^2],\ \ q_{l+1} = \sigma_w^2\,E[f(\sqrt{q_l}\,z)^2] + \sigma_b^2$"
BACKWARD_MAP = r"$g_l = \sigma_w^2\,E[f'(\sqrt{q_{l+1}}\,z)^2]\ g_{l+1}$"
MEANING = r"$z \sim N(0, 1)$, $\sigma_w^2 = \text{fan}_{in} \text{Var}(W)$"
RESIDUAL_MAP = r"$v_{b+1} = v_b + \sigma_w^2\,E[f(\sqrt{\sigma_w^2 v_b}\,z)^2]$, so for ReLU and He $v_b = 3^b\,v_0$"
_show = partial(show_lesson_chart, "initialization")


def show_depth(job: SignalJob, seen: SignalSnapshot) -> None:
    """What flows forward on the left, what flows back on the right."""
    number = job.depth
    st.markdown(words.verdict(seen, job.config) if seen.layers else "&nbsp;")
    left, right = st.columns(2, gap="large")
    with left:
        st.caption("Forward: activations of each layer, first layer on top; heights are square roots of counts.")
        _show(histograms.activation_chart, "activations", signal.forward_data(seen),
              histograms.activation_alt(num_layers=number), num_layers=number)  # fmt: skip
        st.caption("Their standard deviation: measured (points) and by theory (dashed).")
        _show(signal.std_chart, "stds", signal.std_data(seen), signal.std_alt())
        st.caption("Their mean, on an axis as wide as they spread.")
        _show(signal.mean_chart, "means", signal.mean_data(seen), signal.mean_alt())
    with right:
        st.caption("Backward: gradient of each sample's loss by each activation.")
        _show(signal.backward_chart, "backward", signal.backward_data(seen), signal.backward_alt(num_layers=number),
              num_layers=number)  # fmt: skip
        st.caption("Their standard deviation; theory (dashed) starts from the last layer's.")
        _show(signal.gradient_std_chart, "gradient_stds", signal.gradient_std_data(seen), signal.gradient_std_alt())
        st.caption("Outputs where the slope is nearly 0, and units that never fire.")
        _show(signal.share_chart, "shares", signal.share_data(seen), signal.share_alt())
    if seen.layers:
        flat, theory = words.flat_sentence(seen, job.config), words.theory_sentence(seen, job.config)
        show_numbers([words.backward_sentence(seen), flat, theory])
    _show_maps(job)


def _show_maps(job: SignalJob) -> None:
    gain = weight_gain(job.config)
    here = "" if gain is None else f", here {words.number(gain)}"
    st.markdown(f"**The theory.** Forward {FORWARD_MAP}; backward {BACKWARD_MAP}; with {MEANING}{here}.")
    st.code(words.signal_command(job), language="bash", wrap_lines=True)


def show_cases(job: SignalsJob, seen: SignalsSnapshot) -> None:
    """Small multiples with a verdict each, and their standard deviations on one axis."""
    signals = dict(zip((case.label for case in SIGNAL_CASES.values()), seen.signals, strict=False))
    columns = st.columns(len(SIGNAL_CASES), gap="small")
    for column, case, one in zip(columns, SIGNAL_CASES.values(), job.jobs, strict=True):
        found, number = signals.get(case.label, SignalSnapshot()), one.depth
        with column:
            st.markdown(f"**{case.label}** ${case.formula}$")
            _show(histograms.activation_chart, "activations", signal.forward_data(found),
                  histograms.activation_alt(num_layers=number), key=f"case_{case.name}", num_layers=number)  # fmt: skip
            st.markdown(words.verdict(found, one.config) if found.layers else "&nbsp;")
    labels = tuple(case.label for case in SIGNAL_CASES.values())
    _show(signal.cases_chart, "cases", signal.cases_data(signals), signal.cases_alt(), labels=labels)


def show_symmetry(job: SymmetryJob, seen: SymmetrySnapshot) -> None:
    """How far apart the units of a layer are, a line for each initializer."""
    labels = tuple(INITIALIZERS[name].label for name in job.initializers)
    data = symmetry.difference_data(seen.runs, labels)
    _show(symmetry.difference_chart, "differences", data, symmetry.difference_alt(), labels=labels)
    show_numbers(words.symmetry_sentences(seen.runs, labels))


def show_residual(job: SignalsJob, seen: SignalsSnapshot) -> None:
    """Mean square block by block, as drawn and with zero-init."""
    _show(signal.squares_chart, "squares", signal.squares_data(seen.signals), signal.squares_alt())
    names = (signal.WITHOUT.capitalize(), signal.WITH.capitalize())
    show_numbers([words.growth_sentence(found, name) for found, name in zip(seen.signals, names, strict=False)])
    st.markdown(f"**The closed form** (dashed): {RESIDUAL_MAP}; with {MEANING}.")
