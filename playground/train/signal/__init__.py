"""What flows through an untrained network, forth and back, measured and by theory."""
