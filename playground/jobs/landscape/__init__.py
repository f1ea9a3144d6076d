"""Landscape, optimizers on the loss of an actual network: what a worker does for it."""
