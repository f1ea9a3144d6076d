"""Regularization, what keeps a network from learning by heart: what its page shows and asks."""
