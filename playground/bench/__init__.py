"""Figures: how fast and how large this is, each measured against its baseline in the same run."""
