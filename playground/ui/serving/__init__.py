"""How the server sends and takes: routes, compressed files, messages, callbacks that may end."""
