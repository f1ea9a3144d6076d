"""Schedules: how the learning rate changes over a run, and what that does."""

import streamlit as st

from playground.ui.lesson import choose_part
from playground.ui.schedules.designer import show_designer
from playground.ui.schedules.effect import show_effect
from playground.ui.schedules.learning_rate_finder import show_learning_rate_finder
from playground.ui.schedules.overview import show_pitfalls, show_together

PARTS = {
    "together": ("All together", show_together),
    "draw": ("Draw your own", show_designer),
    "rate": ("Find a rate", show_learning_rate_finder),
    "effect": ("What they do", show_effect),
    "pitfalls": ("Pitfalls", show_pitfalls),
}

st.title("Schedules", anchor=False)
part = choose_part({name: label for name, (label, _) in PARTS.items()}, key="schedules_part")
PARTS[part][1]()
