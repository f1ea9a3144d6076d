"""Initialization, how the first weights decide what flows: what a worker does for it."""
