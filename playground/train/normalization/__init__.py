"""Normalization, which numbers share a mean: its experiments."""
