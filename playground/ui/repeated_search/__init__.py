"""Repeated search, how often random trials beat a grid: what its page shows and asks."""
