"""A package, so that its engine starts with its first test and ends with its last."""
