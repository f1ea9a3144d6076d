"""The processes, of this machine or of Ray, that take turns of jobs."""
