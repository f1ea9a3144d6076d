"""Fields that obey the hand: one component, what is done in it, and what the server answers."""
