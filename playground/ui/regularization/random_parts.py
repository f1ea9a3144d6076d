"""The parts of the lesson on regularization that leave out weights and blocks, and the curves of all of them."""

import streamlit as st

from playground.catalog.regularization_lesson import CURVE_LABELS, CURVE_START, CURVES
from playground.charts.regularization import random_parts
from playground.config import Config
from playground.jobs.comparison.job import CompareJob
from playground.jobs.comparison.snapshot import CompareSnapshot
from playground.jobs.regularization.random_parts import (
    MOST_BLOCKS,
    NUM_STEPS,
    DepthJob,
    DepthSnapshot,
    WeightMasksJob,
    WeightMasksSnapshot,
)
from playground.spec import REGULARIZATION, Spec
from playground.ui.comparison import show_comparison
from playground.ui.lesson import CONTROL_WIDTH, control_row, lesson_control, refusals, show_numbers
from playground.ui.place.checks import some_of
from playground.ui.place.place import keep
from playground.ui.regularization import words
from playground.ui.regularization.view import show

STEP = Spec(group=REGULARIZATION, low=0, high=NUM_STEPS, label="Step",
            help="Of training; each draws its own mask. 0 is evaluation, where nothing is dropped.")  # fmt: skip
BLOCKS = Spec(group=REGULARIZATION, low=1, high=MOST_BLOCKS, unit="blocks", label="Depth",
              help="Residual blocks; 54 is the paper's network of 110 layers.")  # fmt: skip


def weights_job() -> tuple[WeightMasksJob, int]:
    with control_row():
        p = lesson_control("weights", "dropconnect", 0.5, width=CONTROL_WIDTH)
        seed = lesson_control("weights", "seed", 0, width=CONTROL_WIDTH)
    step = lesson_control("weights", "step", 1, spec=STEP, low=0, high=NUM_STEPS)
    with refusals():
        return WeightMasksJob(p=p, seed=seed), step


def show_weights(step: int, seen: WeightMasksSnapshot) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        st.caption("The weights as this step has them.")
        show(
            random_parts.matrix_chart, "weight_matrix", random_parts.matrix_data(seen, step), random_parts.matrix_alt()
        )
    with right:
        st.caption("One input, thousands of masks.")
        show(random_parts.moment_chart, "moments", random_parts.moment_data(seen), random_parts.moment_alt())
    if seen.weight is not None:
        show_numbers(words.weight_sentences(seen, step))


def blocks_job() -> DepthJob:
    with control_row():
        blocks = lesson_control("blocks", "blocks", 54, spec=BLOCKS, width=CONTROL_WIDTH)
        skip = lesson_control("blocks", "stochastic_depth", 0.5, width=CONTROL_WIDTH)
        seed = lesson_control("blocks", "seed", 0, width=CONTROL_WIDTH)
    with refusals():
        return DepthJob(blocks, skip, seed)


def show_blocks(seen: DepthSnapshot) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        show(random_parts.survival_chart, "survival", random_parts.survival_data(seen), random_parts.survival_alt())
    with right:
        st.caption("A column is a step of training: filled blocks act.")
        show(random_parts.acting_chart, "acting", random_parts.acting_data(seen), random_parts.acting_alt())
    if seen.survival is not None:
        show_numbers(words.depth_sentences(seen))


def to_train(**fields: object) -> Config:
    """The network of the curves with one technique."""
    return Config.parse({**CURVE_START, **fields})


def curves_job() -> CompareJob:
    """One network under each chosen technique."""
    names = st.multiselect(
        "Techniques",
        list(CURVES),
        format_func=CURVE_LABELS.get,
        key=keep("curves_names", list(CURVES), some_of(CURVES), label="Techniques"),
        persist_state="session",
        help="Each alone, on the same network, data and first weights.",
    )
    start = Config.parse(CURVE_START)
    with control_row():
        values = {
            name: lesson_control("curves", name, getattr(start, name), width=CONTROL_WIDTH)
            for name in ("label_noise", "num_epochs", "seed")
        }
    with refusals():
        base = Config.parse({**CURVE_START, **values})
        return CompareJob(tuple((CURVE_LABELS[name], base.replace(**CURVES[name])) for name in names))


def show_curves(seen: CompareSnapshot) -> None:
    if seen.runs:
        looks = {label: index for index, label in enumerate(CURVE_LABELS.values())}
        show_comparison(seen, key="regularization_curves", unit="nats", is_classification=True, looks=looks)
        show_numbers(words.curve_sentences(seen))
