"""Preprocessing, what is done to the inputs first: its experiments."""
