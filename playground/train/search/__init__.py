"""Looking for good values of Config fields: where the trials are, and what their scores say. None of it loads torch."""
