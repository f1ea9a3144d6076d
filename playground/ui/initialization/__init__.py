"""Initialization, how the first weights decide what flows: what its page shows and asks."""
