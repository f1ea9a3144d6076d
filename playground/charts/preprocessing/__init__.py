"""Preprocessing, what is done to the inputs first: its charts."""
