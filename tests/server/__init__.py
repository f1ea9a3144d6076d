"""A package, so that its server starts with its first test and ends with its last."""
