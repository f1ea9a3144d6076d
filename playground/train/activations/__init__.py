"""Activations, what each function does to a signal and a gradient: its experiments."""
