"""Paths, optimizers on a surface, step by step: its experiments."""
