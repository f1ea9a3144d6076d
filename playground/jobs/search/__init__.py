"""Search, a grid of trials against random ones: what a worker does for it."""
