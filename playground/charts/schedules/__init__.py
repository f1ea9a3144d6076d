"""Schedules, how the learning rate changes: its charts."""
