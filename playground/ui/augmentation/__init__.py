"""Augmentation, what may change in an image: what its page shows and asks."""
