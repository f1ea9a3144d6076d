"""Preprocessing, what is done to the inputs first: what its page shows and asks."""
