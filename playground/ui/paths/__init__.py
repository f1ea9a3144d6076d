"""Paths, optimizers on a surface, step by step: what its page shows and asks."""
