"""Activations, what each function does to a signal and a gradient: what a worker does for it."""
