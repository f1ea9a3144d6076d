"""Regularization: what keeps a network from learning its training set by heart."""

import streamlit as st

from playground.ui.lesson import choose_part
from playground.ui.regularization.parts import PARTS

st.title("Regularization", anchor=False)
PARTS[choose_part({label: label for label in PARTS}, key="regularization_part")]()
