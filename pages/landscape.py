"""Real loss: the paths of several optimizers over the loss surface of the actual network."""

from functools import partial

import streamlit as st

from playground.charts.landscape.words import setting_sentence
from playground.ui.answer import show_answer
from playground.ui.landscape.view import choose_landscape, show_moment
from playground.ui.lesson import show_source

st.title("Real loss", anchor=False)
st.write(
    "Watch where optimizers go from one and the same start: who takes the valley straight, who bounces across it, and "
    "how near each comes to the sharpest bend that it can bear."
)
job = choose_landscape()
st.caption(setting_sentence(job))
show_answer(job, partial(show_moment, job), key="real_loss")
show_source(
    "Li et al., Visualizing the loss landscape of neural nets, 2018, arXiv:1712.09913",
    "Cohen et al., Gradient descent on neural networks typically occurs at the edge of stability, 2021, "
    "arXiv:2103.00065",
)
st.caption(
    "The limit is 2 / learning rate for gradient descent and (2 + 2 b) / learning rate with momentum b. It is exact "
    "for full batches on a quadratic. Optimizers that rescale each weight, such as Adam, have one for the rescaled "
    "curvature only, so none is drawn for them."
)
