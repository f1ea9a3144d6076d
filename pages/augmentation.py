"""Augmentation: random changes to training images that should not change the class."""

import streamlit as st

from playground.ui.augmentation.parts import PARTS
from playground.ui.lesson import choose_part

st.title("Augmentation", anchor=False)
PARTS[choose_part({label: label for label in PARTS}, key="augmentation_part")]()
