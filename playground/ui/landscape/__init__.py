"""Landscape, optimizers on the loss of an actual network: what its page shows and asks."""
