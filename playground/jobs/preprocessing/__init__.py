"""Preprocessing, what is done to the inputs first: what a worker does for it."""
