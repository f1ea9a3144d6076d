"""Normalization, which numbers share a mean: what its page shows and asks."""
