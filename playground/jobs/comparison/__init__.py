"""Several Configs trained side by side, turn by turn."""
