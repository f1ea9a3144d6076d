"""Samples: made or loaded, split, preprocessed."""
