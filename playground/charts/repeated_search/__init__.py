"""Repeated search, how often random trials beat a grid: its charts."""
