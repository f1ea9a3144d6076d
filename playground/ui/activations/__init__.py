"""Activations, what each function does to a signal and a gradient: what its page shows and asks."""
