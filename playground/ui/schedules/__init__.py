"""Schedules, how the learning rate changes: what its page shows and asks."""
