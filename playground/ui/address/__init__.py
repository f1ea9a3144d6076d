"""The address of a page: settings, the place on it and what is looked at; read, checked, written."""
