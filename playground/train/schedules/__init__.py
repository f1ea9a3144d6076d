"""Schedules, how the learning rate changes: its experiments."""
