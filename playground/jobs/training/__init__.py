"""Training, a network learns, or several of different seeds: what a worker does for it."""
