"""Augmentation, what may change in an image: what a worker does for it."""
