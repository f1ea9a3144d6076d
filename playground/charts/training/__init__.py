"""Training, a network learns, or several of different seeds: its charts."""
