"""Initialization, how the first weights decide what flows: its charts."""
