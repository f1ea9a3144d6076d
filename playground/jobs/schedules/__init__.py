"""Schedules, how the learning rate changes: what a worker does for it."""
