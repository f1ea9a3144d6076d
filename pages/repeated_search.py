"""Repeated search: how often random trials beat a grid, and by how much."""

import streamlit as st

from playground.ui.lesson import choose_part
from playground.ui.repeated_search.surfaces import show_made_surface
from playground.ui.repeated_search.theory import show_theory
from playground.ui.repeated_search.training import find_again, show_training

PARTS = {
    "surface": ("On a made surface", show_made_surface),
    "training": ("With real training", show_training),
    "theory": ("What theory says", show_theory),
}

st.title("Repeated search", anchor=False)
found = "training" if find_again() else ""
part = choose_part({name: label for name, (label, _) in PARTS.items()}, key="repeated_part", first=found)
PARTS[part][1]()
