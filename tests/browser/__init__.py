"""A package, so that Chromium and the server start with its first test and end with its last."""
