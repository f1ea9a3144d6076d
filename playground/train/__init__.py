"""Training: one run, step by step."""
