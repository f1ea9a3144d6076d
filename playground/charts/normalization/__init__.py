"""Normalization, which numbers share a mean: its charts."""
