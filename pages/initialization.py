"""Initialization: how the first weights decide what reaches the last layer, and what comes back."""

from functools import partial

import streamlit as st

from playground.ui.answer import show_answer
from playground.ui.initialization import controls, view
from playground.ui.lesson import show_lesson, show_source
from playground.ui.try_on_train import try_on_train

MEAN_FIELD = (
    "Poole et al., Exponential expressivity in deep neural networks through transient chaos, 2016, arXiv:1606.05340",
    "Schoenholz et al., Deep information propagation, 2016, arXiv:1611.01232",
)
HE = "He et al., Delving deep into rectifiers, 2015, arXiv:1502.01852"
LECTURE = "CS231n lecture 6, Training neural networks I"
NOTES = "CS231n notes, Neural networks part 2"
FIXUP = "Zhang et al., Fixup initialization: residual learning without normalization, 2019, arXiv:1901.09321"


def depth() -> None:
    st.markdown("Look whether the layers stay as wide as the first, forward and back; then change the initializer.")
    job = controls.depth_job()
    show_answer(job, partial(view.show_depth, job), key="initialization_depth")
    try_on_train(controls.to_train(job), key="try_depth")
    show_source(*MEAN_FIELD, HE, LECTURE)


def cases() -> None:
    st.markdown(
        "Ten layers of 500 units each: look which of the five still has a spread-out histogram in its last row. "
        "In the lines below, dashes are theory."
    )
    job = controls.cases_job()
    show_answer(job, partial(view.show_cases, job), key="initialization_cases")
    show_source(LECTURE, HE)


def symmetry() -> None:
    st.markdown(
        "A layer of 50 units learns digits. Look at the lines at the bottom: in mathematics units that start equal "
        "stay equal, however long they learn, so the whole layer is worth one unit."
    )
    job = controls.symmetry_job()
    show_answer(job, partial(view.show_symmetry, job), key="initialization_symmetry")
    st.markdown(
        "Some lecture notes call this vanishing gradients. It is not: with equal weights of 0.1 a gradient does flow, "
        "but it is the same for every unit. What is missing is a difference between the units, and any random "
        "numbers bring it. Only with zeros nothing reaches the layer, because the weights behind it stay 0 too."
    )
    st.markdown(
        "A computer rounds its sums, so equal units come apart by about 1e-8. Plain SGD leaves it at that. Adam makes "
        "a full step of the smallest gradient: choose it with tanh and 100 epochs, and rounding may break the tie, "
        "late and by luck. Nobody should build on it."
    )
    try_on_train(job.config.replace(initializer=job.initializers[0]), key="try_symmetry")
    show_source(f"{NOTES}: no source of asymmetry between neurons if their weights are initialized to be the same")


def residual() -> None:
    st.markdown(
        "Each block adds its branch to what comes in. Look how the signal grows from block to block, and how "
        "starting the last layer of each branch at 0 makes every block the identity."
    )
    job = controls.residual_job()
    show_answer(job, partial(view.show_residual, job), key="initialization_residual")
    try_on_train(controls.to_train(job.jobs[1]), key="try_residual")
    show_source(FIXUP, HE)


PARTS = {
    "Signal through depth": depth,
    "The lecture's five cases": cases,
    "Symmetry": symmetry,
    "Residual stacks": residual,
}
show_lesson("Initialization", PARTS, key="initialization_part")
