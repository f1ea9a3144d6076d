"""Search, a grid of trials against random ones: what its page shows and asks."""
