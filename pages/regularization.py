"""Regularization: what keeps a network from learning its training set by heart."""

from playground.ui.lesson import show_lesson
from playground.ui.regularization.parts import PARTS

show_lesson("Regularization", PARTS, key="regularization_part")
