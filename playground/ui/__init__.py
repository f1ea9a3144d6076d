"""What the pages share: the router, the form, the live player."""
