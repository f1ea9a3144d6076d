"""Training, a network learns, or several of different seeds: what its page shows and asks."""
