"""Preprocessing: what is done to the inputs before a network sees them, and what that is good for."""

from functools import partial

import streamlit as st

from playground.ui.answer import show_answer
from playground.ui.lesson import show_lesson, show_source
from playground.ui.preprocessing import controls, view
from playground.ui.try_on_train import try_on_train

NOTES = "CS231n notes, Neural networks part 2"
LECTURE = "CS231n lecture 6, Training neural networks I"
EIGENFACES = "Turk and Pentland, Eigenfaces for recognition, 1991"
SELECTION_BIAS = "Ambroise and McLachlan, Selection bias in gene extraction, 2002"
BACKPROP = "LeCun et al., Efficient BackProp, 1998"


def before_after() -> None:
    st.markdown(
        "Look how the ellipse moves, turns and becomes round, and how much shorter gradient descent's way gets with it."
    )
    job = controls.before_after_job()
    show_answer(job, partial(view.show_before_after, job), key="preprocessing_before_after")
    view.show_corrections("eigenvalue", "first_layer")
    try_on_train(controls.to_train(job.preprocessing, job.config.dataset), key="try_before_after")
    show_source(NOTES, LECTURE, BACKPROP)


def digits() -> None:
    st.markdown(
        "Look what each pixel's own deviation does to rare ink, and from how few directions a digit can be rebuilt. "
        "At the right end of the last picture, whitening meets directions in which nothing happens."
    )
    job, carried = controls.digits_job()
    show_answer(job, partial(view.show_digits, job), key="preprocessing_digits")
    view.show_corrections("images", "per_batch")
    try_on_train(controls.to_train(carried, job.config(carried).dataset, job.num_components), key="try_digits")
    show_source(NOTES, LECTURE, EIGENFACES)


def leak() -> None:
    st.markdown(
        "The same step is fitted on the training samples alone, and on the validation samples too. Look how far apart "
        "the first two rows are, and what fresh samples say to it below."
    )
    job = controls.leak_job()
    show_answer(job, partial(view.show_leak, job), key="preprocessing_leak")
    st.markdown(
        "A mean or a deviation gives little away. What leaks is what looks at labels, or fits many numbers to few "
        "samples. The Train page fits every step on the training split alone."
    )
    try_on_train(controls.leak_to_train(job), key="try_leak")
    show_source(f"{NOTES}: a common pitfall", SELECTION_BIAS)


PARTS = {"Before and after": before_after, "Digits": digits, "Leak alarm": leak}
show_lesson("Preprocessing", PARTS, key="preprocessing_part")
