"""Optimizer paths: several optimizers from one start on a surface of two coordinates."""

from functools import partial

import streamlit as st

from playground.jobs.paths.job import PathsJob
from playground.ui.answer import show_answer
from playground.ui.lesson import show_source
from playground.ui.paths.view import (
    choose_paths,
    show_paths_and_theory,
    show_way_to_train,
    sources,
    what_to_see,
)

st.title("Optimizer paths", anchor=False)
settings = choose_paths()
st.write(
    f"Press Play. {what_to_see(settings)} Click on the map to start elsewhere; choose an optimizer above the map to "
    "see its arrows and its rule with the numbers of the step."
)
show_answer(PathsJob(settings), partial(show_paths_and_theory, settings), key="optimizer_paths")
show_way_to_train(settings)
show_source(*sources(settings))
