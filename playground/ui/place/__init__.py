"""The place on a page: what its controls hold, as the address says it; read, checked, written."""
