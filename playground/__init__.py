"""Learn to train neural networks by doing it."""
