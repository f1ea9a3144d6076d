"""Repeated search, how often random trials beat a grid: what a worker does for it."""
