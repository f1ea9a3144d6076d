"""Augmentation: random changes to training images that should not change the class."""

from playground.ui.augmentation.parts import PARTS
from playground.ui.lesson import show_lesson

show_lesson("Augmentation", PARTS, key="augmentation_part")
