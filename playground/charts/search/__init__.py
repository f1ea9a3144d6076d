"""Search, a grid of trials against random ones: its charts."""
