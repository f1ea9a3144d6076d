"""Regularization, what keeps a network from learning by heart: its charts."""
