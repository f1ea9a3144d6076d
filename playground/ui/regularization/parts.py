"""The parts of the lesson on regularization: what to look for, controls, picture, the way to Train, source."""

from functools import partial

import streamlit as st

from playground.ui.answer import show_answer
from playground.ui.lesson import show_source
from playground.ui.regularization import controls, random_parts, view
from playground.ui.try_on_train import try_on_train

NOTES = "CS231n notes, Neural networks part 2"
PROXIMAL = "Parikh and Boyd, Proximal algorithms, 2014"
DROPOUT = "Srivastava et al., Dropout, 2014"
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
        "Ridge regression is least squares with an L2 penalty, here on the diabetes data. Look how gradient "
        "descent comes to the very numbers of the closed form."
    )
    job = controls.ridge_job()
    show_answer(job, partial(view.show_ridge, job), key="regularization_ridge")
    st.markdown(r"**The closed form**, on centred inputs: $\theta = (X^T X + \lambda I)^{-1} X^T y$.")
    try_on_train(job.trained, key="try_ridge")
    show_source(RIDGE)


def dropout() -> None:
    st.markdown(
        "Move the step: each one trains another network. Then look how far single masks scatter around the answer in "
        "evaluation, and how near their mean comes to it."
    )
    job, step = controls.dropout_job()
    show_answer(job, partial(view.show_dropout, job, step), key="regularization_dropout")
    st.markdown(
        r"**The step.** $h \leftarrow m \cdot h / (1 - p)$ with $m = 0$ in a share $p$; evaluation: $h$ as it is."
    )
    try_on_train(job.config, key="try_dropout")
    show_source(DROPOUT, "Gal and Ghahramani, Dropout as a Bayesian approximation, 2016, arXiv:1506.02142")


def noise() -> None:
    st.markdown(
        "The lecture: dropout prevents overfitting. Look at the second picture: it does where labels are wrong, and "
        "whether it does on clean digits is worth a second look."
    )
    job = controls.noise_job()
    show_answer(job, view.show_noise, key="regularization_noise")
    try_on_train(job.runs[1][1], key="try_noise")
    show_source(DROPOUT, NOTES)


def stopping() -> None:
    st.markdown("Look where the dashed line turns while the solid one goes on: from there on, noise is learned.")
    job, patience = controls.stopping_job()
    show_answer(job, partial(view.show_stopping, patience), key="regularization_stopping")
    try_on_train(job.config.replace(early_stopping=patience), key="try_stopping")
    show_source("Prechelt, Early stopping, but when?, 1998", NOTES)


def weights() -> None:
    st.markdown("Move the step: DropConnect drops single weights, not units. Look that the mean stays as it was.")
    job, step = random_parts.weights_job()
    show_answer(job, partial(random_parts.show_weights, step), key="regularization_weights")
    try_on_train(random_parts.to_train(dropconnect=job.p, seed=job.seed), key="try_weights")
    show_source("Wan et al., Regularization of neural networks using DropConnect, 2013")


def blocks() -> None:
    st.markdown("Look how the late blocks are skipped more often than the early ones, a whole batch at a time.")
    job = random_parts.blocks_job()
    show_answer(job, random_parts.show_blocks, key="regularization_blocks")
    try_on_train(random_parts.to_train(stochastic_depth=job.skip, seed=job.seed), key="try_blocks")
    show_source("Huang et al., Deep networks with stochastic depth, 2016, arXiv:1603.09382")


def curves() -> None:
    st.markdown("Look in the second picture who ends above None, and in the first what that costs on the training set.")
    job = random_parts.curves_job()
    show_answer(job, random_parts.show_curves, key="regularization_curves")
    try_on_train(job.runs[-1][1], key="try_curves")
    show_source(DROPOUT, "Müller et al., When does label smoothing help?, 2019, arXiv:1906.02629")


PARTS = {
    "L2 and L1": penalties,
    "Ridge regression": ridge,
    "Dropout": dropout,
    "Dropout and noise": noise,
    "Early stopping": stopping,
    "DropConnect": weights,
    "Stochastic depth": blocks,
    "Curves": curves,
}
