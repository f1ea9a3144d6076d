"""Activations: what each function does to a signal, to a gradient and to a unit."""

from functools import partial

import streamlit as st

from playground.ui.activations import controls, view
from playground.ui.answer import show_answer
from playground.ui.lesson import show_lesson, show_source
from playground.ui.try_on_train import try_on_train

NOTES = "CS231n notes, Neural networks part 1"
LECTURE = "CS231n lecture 6, Training neural networks I"
MAXOUT = "Goodfellow et al., Maxout networks, 2013, arXiv:1302.4389"
BACKPROP = "LeCun et al., Efficient BackProp, 1998"
GLOROT = "Glorot and Bengio, Understanding the difficulty of training deep feedforward networks, 2010"
HE = "He et al., Delving deep into rectifiers, 2015, arXiv:1502.01852"
BIAS = "CS231n notes, Neural networks part 2: not clear if a small positive bias is a consistent improvement"


def functions() -> None:
    st.markdown("Look where the slope, in the second picture, sinks to 0: there a unit passes no gradient back.")
    job = controls.curves_job()
    show_answer(job, view.show_functions, key="activations_functions")
    st.subheader("What they cost", anchor=False)
    show_answer(controls.cost_job(job), partial(view.show_costs, job.names), key="activations_costs")
    carry(job.names, negative_slope=job.negative_slope)
    show_source(NOTES, LECTURE, MAXOUT)


def depth() -> None:
    st.markdown("Look at the left end: how much of the gradient still reaches the first layer of each stack.")
    names, job = controls.depth_job()
    show_answer(job, partial(view.show_depth, names), key="activations_depth")
    carry(names, job.jobs)
    show_source(NOTES, GLOROT, HE)


def positive() -> None:
    st.markdown(
        "One linear neuron learns from inputs that are all positive, and from the same inputs around zero. Look at the "
        "rows of one colour, and at the zig-zag that they force."
    )
    job = controls.positive_job()
    show_answer(job, view.show_positive, key="activations_positive")
    try_on_train(controls.positive_to_train(), key="try_positive", label="Try all-positive inputs on Train")
    show_source(NOTES, BACKPROP)


def dead() -> None:
    st.markdown(
        "Raise the learning rate step by step, or push the first bias below 0. Look when units fall silent, and that "
        "leaky ReLU's silent units still get a gradient."
    )
    job = controls.dead_job()
    show_answer(job, partial(view.show_dead, job), key="activations_dead")
    try_on_train(job.runs[0][1], key="try_dead")
    show_source(f"{NOTES}: as much as 40% of a network can be dead", BIAS)


def carry(names: tuple[str, ...], stacks: tuple = (), **fields: float) -> None:
    """Which of the shown activations to train with, and the button that does."""
    if names:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            try_on_train(controls.carried_config(names, stacks, **fields), key="try_activation")


PARTS = {
    "The functions": functions,
    "Gradient through depth": depth,
    "Always positive inputs": positive,
    "Dead ReLU": dead,
}
show_lesson("Activations", PARTS, key="activations_part")
