"""The network: layers, initialization, losses."""
