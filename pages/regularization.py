"""Regularization: what keeps a network from learning its training set by heart."""

from functools import partial

import streamlit as st

from playground.ui import regularization_controls as controls
from playground.ui import regularization_view as view
from playground.ui.answer import show_answer
from playground.ui.lesson import choose_part, show_source
from playground.ui.try_on_train import try_on_train

NOTES = "CS231n notes, Neural networks part 2"
PROXIMAL = "Parikh and Boyd, Proximal algorithms, 2014"
RIDGE = "Hoerl and Kennard, Ridge regression, 1970"


def penalties() -> None:
    st.markdown(
        "Look how many weights become exactly 0 as the strength grows, how the map becomes simpler, and that L1 by its "
        "subgradient makes no zeros."
    )
    job, shown = controls.penalties_job()
    show_answer(job, partial(view.show_penalties, job, shown), key="regularization_penalties")
    st.markdown(
        r"**The step.** L2 multiplies a weight by $1 - \eta\lambda$. L1 as it trains here: "
        r"$w \leftarrow \text{sign}(w) \max(|w| - \eta\lambda, 0)$; by its subgradient: "
        r"$w \leftarrow w - \eta\lambda\,\text{sign}(w)$, which jumps over 0 and back."
    )
    try_on_train(controls.penalized(job, shown), key="try_penalties")
    show_source(NOTES, PROXIMAL)


def ridge() -> None:
    st.markdown(
        "Ridge regression is least squares with an L2 penalty. Look how gradient descent comes to the very numbers of "
        "the closed form."
    )
    job = controls.ridge_job()
    show_answer(job, partial(view.show_ridge, job), key="regularization_ridge")
    st.markdown(r"**The closed form**, on centred inputs: $\theta = (X^T X + \lambda I)^{-1} X^T y$.")
    try_on_train(job.trained, key="try_ridge")
    show_source(RIDGE, "lecture notes 002, ridge formula")


PARTS = {
    "L2 and L1": penalties,
    "Ridge regression": ridge,
}
st.title("Regularization", anchor=False)
PARTS[choose_part({label: label for label in PARTS}, key="regularization_part")]()
