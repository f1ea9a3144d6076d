"""Paths, optimizers on a surface, step by step: what a worker does for it."""
