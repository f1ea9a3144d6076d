"""Augmentation, what may change in an image: its experiments."""
