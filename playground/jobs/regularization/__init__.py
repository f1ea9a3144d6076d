"""Regularization, what keeps a network from learning by heart: what a worker does for it."""
