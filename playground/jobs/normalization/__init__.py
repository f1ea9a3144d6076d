"""Normalization, which numbers share a mean: what a worker does for it."""
