"""Landscape, optimizers on the loss of an actual network: its charts."""
